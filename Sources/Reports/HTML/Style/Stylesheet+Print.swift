extension Stylesheet {
    /// Black on white, nothing to press, everything unfolded that a browser can unfold, and no card torn by a page's end.
    static let print: StaticString = """
        @media print{
        @page{margin:14mm}
        :root{color-scheme:light;--bg:#fff;--card:#fff;--ink:#000;--muted:#444;--line:#bbb;--hair:#ddd;--soft:#f2f2f2;\
        --shade:transparent;--link:#1f56b8;--critical:#a50e36;--high:#9a3404;--medium:#6f4d00;--low:#2a5f91;--info:#444;\
        --good:#0f5c31;--bad:#a50e36;--doubtful:#6f4d00;--waived:#5b3f93;--bad-tint:#fbe3e8;--doubtful-tint:#f8edd0;\
        --waived-tint:#ece6f7}
        *{-webkit-print-color-adjust:exact;print-color-adjust:exact}
        body{font-size:10pt}
        header,main,footer{max-width:none;padding-left:0;padding-right:0}
        header{padding-top:0}
        nav,.filter,.readout{display:none}
        .plot .readout{display:none}
        details::details-content{content-visibility:visible;display:block;height:auto}
        details>summary{list-style:none}details>summary::-webkit-details-marker{display:none}
        section,article,.heat-part{content-visibility:visible!important}
        .rule{break-inside:auto;-webkit-box-decoration-break:clone;box-decoration-break:clone}
        .rule>h3,.rule>h4,.rule>.tally,.rule>.facts,.requirement,tr,.tile,.notice,.plot,li{break-inside:avoid}
        .rule>h3,.rule>h4,.tally,.requirement>p,.remark,.legend,.trend figcaption{break-after:avoid}
        h2,h3,h4,caption,summary{break-after:avoid}
        thead{display:table-header-group}
        table{font-size:8.5pt}th,td{padding:3px 7px}thead th{white-space:normal}.tile .value{font-size:16pt}
        a{color:inherit;text-decoration:none}
        .scroll,.heat-box{overflow:visible;max-height:none}
        .heat thead th,.heat tbody th,.heat thead th:first-child{position:static}
        .heat{font-size:8pt}.heat tbody th{min-width:0;max-width:none;padding:1px 6px}
        .plot svg{height:200px}
        .heat .some{display:none}
        .heat td{width:auto;min-width:0;height:auto}.heat thead div{width:auto;line-height:1.6}
        }

        """
}
