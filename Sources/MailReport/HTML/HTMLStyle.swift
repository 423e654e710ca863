/// The page's style sheet. Colours come in two sets; every pair of text and ground has a contrast of 4.5 or more (WCAG 2.1, 1.4.3).
enum HTMLStyle {
    static let sheet = """
        :root{color-scheme:light dark;--ground:#f6f7f9;--card:#fff;--text:#1c2430;--soft:#556070;--line:#dfe3e9;
        --ok:#166534;--ok-ground:#e7f6ec;--warn:#854d0e;--warn-ground:#fdf3d7;--fail:#a51d2d;--fail-ground:#fdebed;
        --accent:#1f5fbf;--bar:#7aa5e0;--smtp:#3b7dd8;--imap:#8457c9;--dns:#64748b}
        @media (prefers-color-scheme:dark){:root{--ground:#12161c;--card:#1a2029;--text:#e6eaf0;--soft:#a3aebd;--line:#303947;
        --ok:#7ee2a0;--ok-ground:#12301f;--warn:#f3ce6b;--warn-ground:#352a0c;--fail:#ff9aa6;--fail-ground:#3b161c;
        --accent:#8ab8ff;--bar:#41679f;--smtp:#6ea8f7;--imap:#b592f0;--dns:#94a3b8}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--ground);color:var(--text);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
        main{max-width:60rem;margin:0 auto;padding:1.5rem 1rem 3rem}
        section,.answer{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:1.1rem 1.25rem;margin:0 0 1rem}
        h1{font-size:1.3rem;line-height:1.35;margin:.25rem 0 .5rem;overflow-wrap:anywhere}
        h2{font-size:1rem;margin:0 0 .7rem}
        h3{font-size:.95rem;margin:1rem 0 .3rem}
        p{margin:.4rem 0;overflow-wrap:anywhere}
        a{color:var(--accent);overflow-wrap:anywhere}
        .badge{display:inline-block;font-weight:700;font-size:.8rem;letter-spacing:.06em;padding:.15rem .6rem;border-radius:99px}
        .ok .badge,td.ok{color:var(--ok)}.ok .badge{background:var(--ok-ground)}
        .warn .badge,.unclear .badge,td.warn{color:var(--warn)}.warn .badge,.unclear .badge{background:var(--warn-ground)}
        .fail .badge,td.fail{color:var(--fail)}.fail .badge{background:var(--fail-ground)}
        .answer{border-left-width:6px}.answer.ok{border-left-color:var(--ok)}.answer.fail{border-left-color:var(--fail)}
        .answer.warn,.answer.unclear{border-left-color:var(--warn)}
        .soft{color:var(--soft)}
        .do{margin:.8rem 0 .3rem;padding:.7rem .9rem;border-radius:8px;background:var(--ground)}
        .do ol,.do p{margin:.15rem 0}.do ol{padding-left:1.4rem}
        .who{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;justify-content:space-between}
        code,pre,td.mono{font:.875rem/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
        pre{white-space:pre-wrap;background:var(--ground);border-radius:8px;padding:.8rem .9rem;margin:.5rem 0;overflow-x:auto}
        pre.copy,td.copy{user-select:all;-webkit-user-select:all}
        blockquote{margin:.6rem 0;padding:.1rem .9rem;border-left:3px solid var(--line)}
        table{width:100%;border-collapse:collapse;font-size:.925rem}
        th{text-align:left;font-weight:600;color:var(--soft);font-size:.8rem}
        th,td{padding:.35rem .6rem .35rem 0;border-top:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
        thead th{border-top:0}
        td.time{text-align:right;white-space:nowrap;color:var(--soft);padding-right:0}
        td.mark{font-weight:700;font-size:.8rem;white-space:nowrap}
        td.title{white-space:nowrap}
        svg{display:block;width:100%;height:auto;max-width:100%}
        svg text{font:12px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;fill:var(--text)}
        svg text.soft{fill:var(--soft)}
        .run h3{margin:.8rem 0 .2rem}.run h3:first-child{margin-top:0}
        .stage{display:grid;grid-template-columns:9.5rem 1fr 4rem;gap:.7rem;align-items:center;font-size:.9rem}
        .stage svg{height:.8rem;border-radius:3px}.time{text-align:right;color:var(--soft);white-space:nowrap}
        .lane{fill:var(--line)}.dns{fill:var(--dns)}.smtp{fill:var(--smtp)}.imap{fill:var(--imap)}.failed{fill:var(--fail)}
        .vote{fill:var(--bar)}svg.own{width:auto;max-width:100%}
        details summary{cursor:pointer;font-weight:600}
        .chain{list-style:none;padding:0;margin:.4rem 0}.chain li{padding:.5rem 0 .5rem .9rem;border-left:3px solid var(--line);margin:0}
        .two{display:grid;grid-template-columns:repeat(auto-fit,minmax(17rem,1fr));gap:0 1.5rem}
        footer{color:var(--soft);font-size:.85rem}
        @media (max-width:34rem){main{padding:.75rem .6rem 2rem}section,.answer{padding:.9rem .9rem;border-radius:10px}
        table.stack thead{position:absolute;left:-9999px}table.stack tr{display:block;border-top:1px solid var(--line);padding:.45rem 0}
        table.stack td,table.stack th{display:block;border:0;padding:.05rem 0;text-align:left}
        table.checks tr{display:grid;grid-template-columns:3.2rem 1fr auto}table.checks td:nth-child(3){grid-column:2/4;grid-row:2;color:var(--soft)}
        .stage{grid-template-columns:7.6rem 1fr 3.4rem;gap:.5rem;font-size:.82rem}}
        @page{margin:12mm}
        @media print{:root{--ground:#f6f7f9;--card:#fff;--text:#111;--soft:#444;--line:#ccc;--ok:#166534;--warn:#854d0e;--fail:#a51d2d}
        body{background:#fff;font-size:9pt;line-height:1.35}main{max-width:none;padding:0}
        section,.answer{padding:.35rem .6rem;margin-bottom:.35rem;border-radius:6px}.answer,.do,tr,.stage{break-inside:avoid}
        h1{font-size:1.15rem}h2{margin-bottom:.25rem}h3{margin:.3rem 0 .1rem}th,td{padding:.08rem .5rem .08rem 0;font-size:8.5pt}
        pre{padding:.35rem .5rem;font-size:8pt}details:not([open]){display:none}}
        """
}
