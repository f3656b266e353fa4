/// The pages' one style sheet. It is a constant, so that its digest can stand in the page's policy.
package enum Stylesheet {
    /// The parts of the sheet, in their order; together they are what stands between the tags.
    package static let parts: [StaticString] = [base, chart, heatGrid, filter, print]

    /// The whole sheet.
    package static var text: String { parts.map { "\($0)" }.joined() }

    /// Colours, type and the parts of every page.
    static let base: StaticString = """
        :root{color-scheme:light dark;--bg:#f6f7f8;--card:#fff;--ink:#1b2027;--muted:#5a6472;--line:#e1e4e8;--soft:#f0f2f4;\
        --link:#1f56b8;--critical:#a50e36;--high:#b03d05;--medium:#855c00;--low:#2a5f91;--info:#5a6472;--good:#16703c;\
        --bad:#a50e36;--doubtful:#855c00;--waived:#5b3f93;--hair:#f0f2f4;--edge:#7d8694;--shade:rgba(27,32,39,.06);\
        --bad-tint:#fbe3e8;--doubtful-tint:#f8edd0;--waived-tint:#ece6f7}
        @media(prefers-color-scheme:dark){:root{--bg:#101317;--card:#171b21;--ink:#e7eaee;--muted:#9ba6b4;--line:#2a313a;\
        --soft:#1f252d;--link:#8ab4f8;--critical:#ff8097;--high:#ffa271;--medium:#e3bb58;--low:#86b8e8;--info:#9ba6b4;\
        --good:#6fcf97;--bad:#ff8097;--doubtful:#e3bb58;--waived:#c0a6f5;--hair:#20262e;--edge:#66717f;--shade:rgba(231,234,238,.08);\
        --bad-tint:#43202b;--doubtful-tint:#3d331a;--waived-tint:#322a47}}
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%}
        @media(prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
        body{margin:0;background:var(--bg);color:var(--ink);\
        font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,"Liberation Sans",sans-serif;\
        overflow-wrap:break-word}
        header,main,footer{max-width:1120px;margin:0 auto;padding:0 24px}
        header{padding-top:36px}
        footer{padding-top:8px;padding-bottom:40px;color:var(--muted);font-size:13px}
        .overline{margin:0 0 8px;color:var(--muted);font-size:13px;font-weight:600;letter-spacing:.02em}
        .overline .badge{margin-right:6px}
        h1{margin:0 0 8px;font-size:clamp(19px,1.4vw + 10px,25px);line-height:1.32;font-weight:600;letter-spacing:-.01em;\
        text-wrap:pretty}
        h2{display:flex;align-items:baseline;gap:10px;margin:44px 0 12px;font-size:20px;line-height:1.3;\
        letter-spacing:-.008em}
        h2 .count{color:var(--muted);font-size:15px;font-weight:500;font-variant-numeric:tabular-nums}
        h3{display:flex;align-items:center;gap:10px;margin:24px 0 10px;font-size:14px;font-weight:500}
        h4,.rule>h3{display:block;margin:0;font-size:16px;line-height:1.4;font-weight:600}
        h4 code,.rule>h3 code{color:var(--muted);font-weight:500;margin-right:4px}
        p{margin:0 0 8px}
        a{color:var(--link)}
        .muted,.remark{color:var(--muted)}
        td .muted,th .muted,.meaning{font-size:13px;font-weight:400}
        code,.digest{font:13px/1.5 ui-monospace,SFMono-Regular,"SF Mono",Menlo,Consolas,"Liberation Mono",monospace;\
        unicode-bidi:isolate;overflow-wrap:anywhere}
        th code,td code{overflow-wrap:break-word}
        ins code,del code,.actual code{overflow-wrap:anywhere}
        .digest{font-size:12px;color:var(--muted)}.brief{white-space:nowrap}
        .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(136px,1fr));gap:12px;margin:24px 0 20px}
        .tile{padding:12px 16px 14px;background:var(--card);border:1px solid var(--line);border-radius:8px}
        .tile dt{color:var(--muted);font-size:13px}
        .tile dd{margin:0}
        .tile .value{display:block;font-size:26px;line-height:1.2;font-weight:600;letter-spacing:-.015em;\
        font-variant-numeric:tabular-nums}
        .tile .of{color:var(--muted);font-size:16px;font-weight:500;letter-spacing:0;white-space:nowrap}
        .tile .detail{display:block;color:var(--muted);font-size:12.5px;line-height:1.4}
        .tile.good .value{color:var(--good)}.tile.bad .value{color:var(--bad)}.tile.doubtful .value{color:var(--doubtful)}
        nav{display:flex;flex-wrap:wrap;gap:4px 18px;margin:0 0 16px;font-size:14px}
        nav a{text-decoration:none}nav a:hover{text-decoration:underline}
        .notice{margin:0 0 8px;padding:9px 14px;background:var(--card);border:1px solid var(--line);\
        border-left:3px solid var(--bad);border-radius:6px}
        .notice.doubtful{border-left-color:var(--doubtful)}
        .rule{margin:0 0 14px;padding:16px 18px 14px;background:var(--card);border:1px solid var(--line);\
        border-left:3px solid var(--info);border-radius:8px}
        .rule.critical{border-left-color:var(--critical)}.rule.high{border-left-color:var(--high)}\
        .rule.medium{border-left-color:var(--medium)}.rule.low{border-left-color:var(--low)}
        .tally{display:flex;flex-wrap:wrap;align-items:center;gap:2px 8px;margin:2px 0 12px;color:var(--muted);font-size:13px}
        .requirement{margin:0 0 14px}
        .requirement>p{margin:0 0 6px}
        .requirement .meaning{display:block}
        .note{color:var(--muted);font-size:13px;margin:6px 0 0}
        .pill,.badge{display:inline-block;padding:1px 8px;border:1px solid currentColor;border-radius:99px;font-size:12px;\
        line-height:1.5;font-weight:600;white-space:nowrap}
        .pill.critical{color:var(--critical)}.pill.high{color:var(--high)}.pill.medium{color:var(--medium)}\
        .pill.low{color:var(--low)}.pill.info{color:var(--info)}
        .badge.waived{color:var(--waived)}.badge{color:var(--muted)}.badge.good{color:var(--good)}.badge.bad{color:var(--bad)}\
        .badge.doubtful{color:var(--doubtful)}
        .facts{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:4px 16px;margin:12px 0 0;font-size:14px}
        .facts dt{color:var(--muted)}.facts dd{margin:0;overflow-wrap:anywhere}
        .scroll{overflow-x:auto;margin:0 0 16px;background:var(--card);border:1px solid var(--line);border-radius:8px}
        .requirement .scroll{margin:0;border-radius:6px}
        table{width:100%;border-collapse:collapse;font-size:14px}
        caption{padding:9px 14px;text-align:left;color:var(--muted);font-size:13px;border-bottom:1px solid var(--line)}
        .requirement caption{position:absolute;width:1px;height:1px;padding:0;overflow:hidden;clip-path:inset(50%)}
        th,td{padding:8px 14px;text-align:left;vertical-align:top;border-top:1px solid var(--line);unicode-bidi:isolate}
        thead th{border-top:0;color:var(--muted);font-size:12.5px;font-weight:600;white-space:nowrap;background:var(--soft)}
        tbody th{font-weight:400}
        .client .name{font-weight:600;margin-right:6px}
        .clients{list-style:none;margin:0;padding:0;columns:17em;column-gap:20px}
        .clients li{margin:0;break-inside:avoid;overflow-wrap:anywhere}
        .clients span{color:var(--muted);font-size:13px;margin-right:4px}
        .clients code{color:var(--muted);font-size:12px;white-space:nowrap}
        tr[data-r]>th{width:46%;min-width:220px}#waived tr[data-r]>th{width:34%}
        details>.clients{margin-top:6px}
        .state{display:flex;flex-wrap:wrap;align-items:center;gap:2px 8px}
        .state .since{white-space:nowrap}
        .actual code{color:var(--bad);font-weight:600}
        .number{font-variant-numeric:tabular-nums;white-space:nowrap}.brief .badge{margin-left:8px}
        .setting{display:flex;gap:8px}.setting>span:last-child{min-width:0}
        .sign{flex:none;width:1em;text-align:center;font-weight:700}
        .sign.added{color:var(--good)}.sign.removed{color:var(--bad)}.sign.modified{color:var(--doubtful)}
        ins{text-decoration:none}
        del{text-decoration:none}
        del code{color:var(--muted)}
        ins code{font-weight:600}
        .bar{display:block;width:120px;height:8px;margin-top:7px;border-radius:4px;background:var(--soft)}
        .bar .fail{fill:var(--bad)}.bar .unknown{fill:var(--doubtful)}.bar .pass{fill:var(--good)}.bar .waived{fill:var(--waived)}\
        .bar .none{fill:var(--line)}
        .shares{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:10px 20px;margin:0 0 18px}
        .shares dt{color:var(--muted)}.shares dd{margin:0}.shares .bar{width:100%;max-width:460px}
        .framework h3{font-size:15px;font-weight:600}.framework h3 .muted{font-size:13px;font-weight:400}
        .control{font-weight:600;white-space:nowrap}
        ul{margin:0;padding-left:20px}li{margin:0 0 4px}
        .empty{margin:32px 0;color:var(--muted);font-size:17px}
        summary{cursor:pointer}
        :focus-visible{outline:2px solid var(--link);outline-offset:2px}
        @media(min-width:900px){.framework table{table-layout:fixed}.framework thead th{white-space:normal;vertical-align:bottom}\
        .framework th:not(:first-child),.framework td{padding-left:8px;padding-right:8px}\
        .framework thead th:first-child{width:17%}.framework thead th:nth-child(2){width:10%}\
        .framework thead th:last-child{width:26%}}
        .severity article,#waived article,#settings,#moves,#rules{content-visibility:auto;contain-intrinsic-size:auto 340px}
        @media screen and (max-width:720px){
        tr[data-r]>th{width:auto;min-width:0}
        header,main,footer{padding-left:16px;padding-right:16px}
        header{padding-top:22px}
        .tiles{grid-template-columns:repeat(2,1fr);gap:8px}
        .tile{padding:10px 12px}
        .tile .value{font-size:22px}
        .rule{padding:14px 14px 12px}
        h2{margin-top:34px}
        .facts{grid-template-columns:minmax(0,1fr);gap:0}
        .facts dd{margin-bottom:8px}
        table:not(.heat)>thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
        table:not(.heat)>tbody>tr{display:block;padding:10px 14px;border-top:1px solid var(--line)}
        table:not(.heat)>tbody>tr:first-child{border-top:0}
        :not(.heat)>tbody>tr>*{display:grid;grid-template-columns:84px minmax(0,1fr);\
        justify-items:start;gap:10px;padding:2px 0;border:0}
        table:not(.heat),:not(.heat)>tbody,:not(.heat)>caption{display:block}
        th code,td code{overflow-wrap:anywhere}
        :not(.heat)>tbody>tr>::before{content:attr(data-label);color:var(--muted);font-size:12.5px;font-weight:400;\
        line-height:1.7}
        }

        """
}
