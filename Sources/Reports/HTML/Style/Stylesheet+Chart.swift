extension Stylesheet {
    /// The chart of the last nights. Positions are in its markup; type keeps its size whatever the width.
    static let chart: StaticString = """
        .trend{margin:0 0 16px;padding:14px 16px 10px;background:var(--card);border:1px solid var(--line);border-radius:8px}
        .trend figcaption,.legend{display:flex;flex-wrap:wrap;gap:4px 18px;margin:0 0 10px;color:var(--muted);font-size:13px}
        .key::before{content:"";display:inline-block;width:11px;height:11px;margin-right:6px;border-radius:2px;\
        vertical-align:-1px;background:currentColor}
        .key.share::before{height:3px;border-radius:2px;vertical-align:3px;background:var(--link)}
        .key.fail::before{background:var(--bad)}.key.waived::before{background:var(--waived)}\
        .key.unknown::before{background:var(--doubtful)}
        .key.partial::before{background:none;border:2px solid var(--doubtful);border-radius:50%}
        .key.policies::before{width:0;height:12px;border-left:2px dotted var(--muted);border-radius:0;background:none}
        .plot{display:grid;grid-template-columns:56px minmax(0,1fr);gap:10px}
        .plot svg{display:block;width:100%;height:270px;overflow:visible}
        .plot text{fill:var(--muted);font-size:12px;font-variant-numeric:tabular-nums}
        .scale text{text-anchor:end}
        .nights .rule{stroke:var(--line)}
        .nights .policies{stroke:var(--muted);stroke-dasharray:2 3}
        .nights .share{stroke:var(--link);stroke-width:2;stroke-linecap:round}
        .night circle{fill:var(--link);stroke:var(--card);stroke-width:1.5}
        .night.partial circle{fill:var(--card);stroke:var(--doubtful);stroke-width:2}
        .night .fail{fill:var(--bad)}.night .waived{fill:var(--waived)}.night .unknown{fill:var(--doubtful)}
        .night .hit{fill:transparent}
        .night:hover .hit,.night:focus .hit{fill:var(--shade)}
        .night:focus{outline:none}.night:focus-visible .hit{stroke:var(--link);stroke-width:2}
        .plot .readout{text-anchor:end;fill:var(--ink);font-weight:600;visibility:hidden}
        .night:last-of-type .readout,.night:hover .readout,.night:focus .readout{visibility:visible}
        .nights:hover .night:not(:hover) .readout,.nights:focus-within .night:not(:focus) .readout{visibility:hidden}
        .trend details{margin-top:6px;font-size:13px}.trend summary{color:var(--muted)}
        .trend .scroll{margin:8px 0 4px}
        @media screen and (max-width:720px){
        .trend{padding:12px}
        .plot{grid-template-columns:46px minmax(0,1fr);gap:8px}
        .plot svg{height:230px}.plot text{font-size:11px}.plot .readout{font-size:10.5px}
        }

        """
}
