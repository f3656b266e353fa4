/// What the dashboard's style sheet has besides that of reports: the bar, forms, strips and pagers.
enum DashboardStyle {
    /// Uses the colours that the sheet of reports names.
    static let text: StaticString = """
        .skip{position:absolute;left:-999px;top:8px;z-index:2;padding:8px 12px;background:var(--card);border-radius:6px}
        .skip:focus{left:12px}
        main:focus{outline:none}
        .topbar{background:var(--card);border-bottom:1px solid var(--line)}
        .topbar>div{display:flex;align-items:center;flex-wrap:wrap;gap:4px 22px;max-width:1120px;margin:0 auto;padding:0 24px}
        .topbar .brand{padding:11px 0;color:var(--ink);font-weight:700;letter-spacing:-.01em;text-decoration:none}
        .topbar nav{flex:1;margin:0;gap:0 4px;font-size:14.5px}
        .topbar nav a{padding:12px 10px 10px;color:var(--muted);border-bottom:2px solid transparent}
        .topbar nav a:hover{color:var(--ink);text-decoration:none}
        .topbar nav a[aria-current]{color:var(--ink);border-bottom-color:var(--link);font-weight:600}
        header.page{padding-top:26px}
        .overline .step{color:var(--muted)}.overline a{color:var(--muted)}
        .columns{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1.15fr);gap:0 28px;align-items:start}
        .columns h2,.columns section:first-child h2{margin-top:32px}
        .columns th code,.columns td code{overflow-wrap:anywhere}
        @media(min-width:721px){.columns tbody th:has(code){min-width:215px}}
        .fails{color:var(--bad)}
        .client a.name{color:var(--link)}
        td a code,th a code{color:var(--link)}
        a{text-underline-offset:2px}
        td a,th a,.client a{text-decoration:none}td a:hover,th a:hover{text-decoration:underline}
        footer{padding-top:26px}
        .labels{display:flex;flex-wrap:wrap;gap:3px 5px}
        .label{padding:0 6px;background:var(--soft);border-radius:4px;font-size:12.5px;color:var(--muted)}
        .ask{display:flex;flex-wrap:wrap;align-items:flex-end;gap:10px 12px;margin:20px 0 18px;padding:12px 14px 14px;\
        background:var(--card);border:1px solid var(--line);border-radius:8px}
        section>.ask{margin-top:4px}
        .field{display:block;min-width:0}
        .field span{display:block;margin-bottom:3px;color:var(--muted);font-size:12.5px}
        input,select,button{font:inherit;font-size:14px;color:var(--ink)}
        .field input,.field select{width:100%;height:36px;padding:0 10px;background:var(--bg);border:1px solid var(--edge);\
        border-radius:6px}
        .field select{max-width:270px;padding-right:6px}
        ::placeholder{color:var(--muted);opacity:1}
        button{height:36px;padding:0 16px;background:var(--button);color:var(--on-button);border:1px solid transparent;\
        border-radius:6px;font-weight:600;cursor:pointer}
        button:hover{filter:brightness(1.08)}
        button.quiet{height:30px;padding:0 10px;background:none;color:var(--muted);border-color:var(--line);font-weight:500}
        .topbar form{margin:0}
        @media(min-width:721px){.field input[name=q]{min-width:250px}}
        header.page+main>.scroll:first-child{margin-top:20px}
        @media(min-width:900px){#findings td:nth-child(2){min-width:210px}}
        :root{--button:#1f56b8;--on-button:#fff}
        @media(prefers-color-scheme:dark){:root{--button:#8ab4f8;--on-button:#0d1420}}
        .pager,.switch{align-items:center;gap:6px 16px;margin:0 0 16px}
        .pager{justify-content:center}
        .switch{margin:18px 0 0}
        .switch a{padding:3px 11px;color:var(--muted);border:1px solid var(--line);border-radius:99px}
        .switch a[aria-current]{color:var(--ink);border-color:var(--link);font-weight:600}
        .interval{font-size:13.5px}
        .interval>span{white-space:nowrap}
        .strip{display:block;width:100%;min-width:150px;height:16px;border-radius:3px;background:var(--soft)}
        td .strip{margin-top:3px}
        .strip .s0{fill:var(--link);opacity:.32}.strip .s1{fill:var(--link)}.strip .s2{fill:var(--doubtful)}
        .strip .s3{fill:var(--good)}.strip .s4{fill:var(--critical)}.strip .s5{fill:var(--info)}
        .strip .none{fill:var(--line)}.strip .between{fill:var(--muted);opacity:.55}
        .strip.swatch{display:inline-block;flex:none;width:14px;min-width:0;height:14px;margin:0}
        .value-key{display:flex;gap:8px;align-items:center}
        .wide{margin:8px 0 20px}
        .wide .strip{height:26px;border-radius:5px}
        .wide .ends{display:flex;justify-content:space-between;margin-top:4px;color:var(--muted);font-size:12.5px;\
        font-variant-numeric:tabular-nums}
        details{margin:0 0 4px}
        details>summary{padding:6px 0;color:var(--link);font-size:14.5px}
        details[open]>summary{margin-bottom:6px}
        td details>summary{padding:0;font-size:14px}
        header.page+main>.facts,header.page+main>.switch+.facts{margin-top:14px}
        section .empty{margin:4px 0 16px;font-size:15px}
        .login{max-width:400px;padding-top:12vh}
        .login form{margin-top:18px}
        .login .field{margin-bottom:12px}
        .login button{width:100%}
        @media(max-width:960px){.columns{grid-template-columns:minmax(0,1fr)}}
        @media(max-width:720px){
        .topbar>div{padding:0 16px}
        .topbar nav{order:3;flex-basis:100%;flex-wrap:nowrap;overflow-x:auto;margin:0 -16px;padding:0 8px}
        .topbar nav{gap:0}.topbar nav a{padding:8px 7px 7px;font-size:14px;white-space:nowrap}
        .topbar .brand{flex:1;padding:9px 0 0}
        header.page{padding-top:18px}
        .field{flex:1 1 140px}
        .field select{max-width:none}
        .ask button{flex:1 1 100%}
        .strip{min-width:0}
        }
        @media print{.topbar,.ask,.pager,.switch,.skip{display:none}}
        """

    /// A tick in a square.
    static let icon: StaticString = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#1f56b8"/>\
        <path d="M8 16.5l5.5 5.5L24.5 11" fill="none" stroke="#fff" stroke-width="3.5" stroke-linecap="round" \
        stroke-linejoin="round"/></svg>
        """
}
