package ipn.bench.dashboards;

import static ipn.bench.plot.Markup.escaped;

import ipn.bench.plot.Band;
import ipn.bench.plot.Band.Level;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;

/** A page that shows one dashboard. It needs nothing else: no script, no font, no request. */
final class Page {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>%1$s</title>
            <style>
            body { font: 13px Helvetica, Arial, sans-serif; color: #24292f; background: #f0f2f4; margin: 12px; }
            h1 { font-size: 18px; margin: 0 0 2px; }
            h2 { font-size: 13px; margin: 0 0 4px; }
            header { margin: 0 0 10px; }
            main { display: grid; grid-template-columns: repeat(24, 1fr); grid-auto-rows: minmax(30px, auto); gap: 8px; }
            section { background: #fff; border: 1px solid #d8dee4; border-radius: 3px; padding: 6px 8px; overflow: hidden; display: flex;
              flex-direction: column; }
            section.timeseries h2, li span { overflow: hidden; white-space: nowrap; text-overflow: ellipsis; }
            svg { flex: none; max-width: 100%%; }
            svg > :not(rect) { pointer-events: none; }
            ul { list-style: none; margin: 4px 0 0; padding: 0; font-size: 12px; line-height: 17px; display: grid; column-gap: 14px; }
            li { display: flex; align-items: center; min-width: 0; white-space: nowrap; }
            li b { flex: none; margin-left: 5px; }
            i { flex: none; display: inline-block; width: 14px; height: 3px; margin: 0 5px 0 0; }
            i.band { height: 12px; vertical-align: -2px; margin: 0 4px; }
            .number { flex: 1; display: flex; flex-direction: column; justify-content: center; align-items: center; margin: 2px 0 0;
              color: #fff; border-radius: 3px; font-size: 13px; }
            .number b { font-size: 26px; }
            .stat .number + .number, .stat .number:not(:last-child) { flex-direction: row; gap: 8px; }
            .stat .number + .number b, .stat .number:not(:last-child) b { font-size: 17px; }
            .empty { flex: 1; display: flex; align-items: center; justify-content: center; text-align: center; color: #57606a; margin: 0; }
            .failed { color: #cf222e; font-weight: bold; }
            table { border-collapse: collapse; font-size: 13px; }
            th, td { text-align: left; padding: 3px 24px 3px 4px; border-bottom: 1px solid #d8dee4; }
            th { color: #57606a; }
            </style>
            </head>
            <body>
            <header>
            <h1>%1$s</h1>
            %2$s to %3$s UTC, all values of each variable.%4$s
            </header>
            <main>
            """;

    private static final String COLOURS = """

            <br>Background of charts: <i class="band" style="background: %s"></i>an alert of severity page fires (users or money are harmed now), <i class="band" style="background: %s"></i>only \
            alerts of severity ticket (no harm yet, or it can wait for working hours). Names are above the lines as far as there is room, all under the pointer.\
            """.formatted(Level.PAGE.fill(), Level.TICKET.fill());

    private Page() {}

    static String html(Board board, Window window, List<Shown> panels, List<Band> marked) {
        var head = HEAD.formatted(
                escaped(board.title()),
                TIME.format(Instant.ofEpochSecond(window.from())),
                TIME.format(Instant.ofEpochSecond(window.to())),
                board.marks().isEmpty() ? "" : COLOURS);
        var drawing = new PanelHtml(window, marked);
        return head + panels.stream().map(drawing::html).collect(Collectors.joining()) + "</main>\n</body>\n</html>\n";
    }
}
