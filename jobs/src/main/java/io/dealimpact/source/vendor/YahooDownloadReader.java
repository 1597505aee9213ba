package io.dealimpact.source.vendor;

import io.dealimpact.source.Feed;
import io.dealimpact.source.Header;
import io.dealimpact.source.RawRecord;
import io.dealimpact.source.ReadRule;
import io.dealimpact.source.RecordReader;
import io.dealimpact.source.Text;
import io.dealimpact.source.json.JsonText;
import io.dealimpact.source.text.CharInput;
import io.dealimpact.source.text.CsvCells;
import io.dealimpact.source.text.Lines;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads what {@code yf.download(…).to_csv()} writes: a line of column names, a line of tickers, a
 * line {@code Date}, then one line a day with the cells of every ticker. A line gives a record for
 * each ticker that has any cell.
 */
final class YahooDownloadReader implements RecordReader {
  private static final List<String> MARKS = List.of("price", "attributes", "ticker");
  private static final List<String> DAYS = List.of("date", "datetime");

  private final YahooCsv format;
  private final String path;
  private final Lines lines;
  private final Deque<RawRecord> ready = new ArrayDeque<>();
  private final List<String> cells = new ArrayList<>();
  private final Map<String, List<Integer>> columnsOf = new LinkedHashMap<>();
  private final List<String> names = new ArrayList<>();
  private boolean started;

  YahooDownloadReader(YahooCsv format, String path, CharInput input) {
    this.format = format;
    this.path = path;
    this.lines = new Lines(input);
  }

  /** Whether a file starts as these do; nothing of it is read. */
  static boolean isDownload(CharInput input) throws IOException {
    Reader reader = input.reader();
    reader.mark(1 << 17);
    List<List<String>> head = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      List<String> line = new ArrayList<>();
      CsvCells.split(line(reader), ',', line);
      head.add(line);
    }
    reader.reset();
    String first = first(head.get(0));
    String second = first(head.get(1));
    boolean isMarked = MARKS.contains(first) && MARKS.contains(second);
    // Older programs leave both cells empty.
    boolean isBlank = first.isEmpty() && second.isEmpty() && DAYS.contains(first(head.get(2)));
    return head.get(0).size() > 1
        && head.get(0).size() == head.get(1).size()
        && (isMarked || isBlank);
  }

  private static String first(List<String> cells) {
    return cells.isEmpty() ? "" : cells.get(0).toLowerCase(Locale.ROOT);
  }

  private static String line(Reader reader) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = reader.read(); c >= 0 && c != '\n' && line.length() < 30_000; c = reader.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public RawRecord read() throws IOException {
    if (!started) {
      started = true;
      readHeader();
    }
    while (ready.isEmpty()) {
      Lines.Line line = lines.next();
      if (line == null) {
        return lines.damageRecord(Feed.BARS);
      }
      if (line.isOverlong()) {
        return line.tooLong(Feed.BARS);
      }
      if (!line.isBlank()) {
        day(line);
      }
    }
    return ready.removeFirst();
  }

  /** The line of names and that of tickers, in whichever order; the third says {@code Date}. */
  private void readHeader() throws IOException {
    List<String> first = cellsOf(lines.next());
    List<String> second = cellsOf(lines.next());
    boolean tickersFirst = first.stream().noneMatch(name -> name.equalsIgnoreCase("close"));
    List<String> tickers = tickersFirst ? first : second;
    names.addAll(tickersFirst ? second : first);
    names.set(0, "Date");
    for (int i = 1; i < tickers.size(); i++) {
      columnsOf.computeIfAbsent(tickers.get(i), ticker -> new ArrayList<>()).add(i);
    }
  }

  private List<String> cellsOf(Lines.Line line) {
    CsvCells.split(line.text(), ',', cells);
    return List.copyOf(cells);
  }

  private void day(Lines.Line line) {
    CsvCells.split(line.text(), ',', cells);
    if (DAYS.contains(first(cells)) && isEmptyAfterFirst()) {
      return;
    }
    if (cells.size() != names.size() || Text.isBinary(line.text())) {
      String detail =
          String.format(Locale.ROOT, "it has %d fields, the header %d", cells.size(), names.size());
      ready.add(
          RawRecord.failed(
              Feed.BARS,
              line.number(),
              line.text(),
              ReadRule.MALFORMED_RECORD,
              Text.isBinary(line.text()) ? "it is not UTF-8 text" : detail));
      return;
    }
    columnsOf.forEach((ticker, columns) -> bar(line, ticker, columns));
  }

  private boolean isEmptyAfterFirst() {
    return cells.stream().skip(1).allMatch(String::isEmpty);
  }

  private void bar(Lines.Line line, String ticker, List<Integer> columns) {
    List<String> header = new ArrayList<>(List.of("Ticker", "Date"));
    List<String> values = new ArrayList<>(List.of(ticker, cells.get(0)));
    boolean isThere = false;
    for (int column : columns) {
      header.add(names.get(column));
      values.add(cells.get(column));
      isThere |= !cells.get(column).isEmpty();
    }
    if (!isThere) {
      // A ticker that does not trade on a day that another one does.
      return;
    }
    Header found = format.header(Feed.BARS, header);
    TableRow row = new TableRow(path, found, values);
    String[] bar =
        Feed.BARS.columns().stream().map(c -> format.cell(c, row)).toArray(String[]::new);
    if (found.cellOf("adjusted_close") < 0) {
      // auto_adjust is the default, and leaves no column that says so.
      bar[Feed.BARS.indexOf("price_basis")] = PriceBasis.DIVIDENDS;
    }
    RawRecord record = RawRecord.of(line.number(), bar, JsonText.orNull(row.extras()), line.text());
    ready.add(
        found.error() == null ? record : record.withError(found.error(), found.errorDetail()));
  }
}
