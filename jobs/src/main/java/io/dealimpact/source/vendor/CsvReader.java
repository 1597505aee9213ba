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
import io.dealimpact.source.text.ZipMembers;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a delimited table with a header. A quote that is never closed, or closed in the wrong
 * place, costs the line it stands on and not the lines after it.
 */
final class CsvReader implements RecordReader {
  /** More lines than this in one record are a quote that was never closed. */
  private static final int MAX_RECORD_LINES = 100;

  /** Rows that the dialect is read from. */
  private static final int SAMPLE_ROWS = 400;

  private static final int SAMPLE_CHARS = 1 << 16;

  private static final Pattern DECLARED = Pattern.compile("(?i)sep=(.)");

  /** Columns that say what a damaged row is about. */
  private static final Set<String> KEYS = Set.of("instrument_id", "ticker", "trade_date");

  private static final String NOT_UTF8 =
      "it is not UTF-8 text; save it as UTF-8 (in Excel: CSV UTF-8)";

  private final Feed feed;
  private final VendorFormat format;
  private final String path;
  private final Lines lines;
  private final Deque<RawRecord> ready = new ArrayDeque<>();
  private final List<String> cells = new ArrayList<>();
  private Header header;
  private Dialect dialect = Dialect.plain(',');
  private boolean started;
  private boolean hasRows;

  /** The file within an archive; null when the file is none. */
  private String member;

  /** Columns that the file itself has: those that its folders give come after them. */
  private int ownColumns;

  private final List<String> folderValues = new ArrayList<>();

  CsvReader(Feed feed, VendorFormat format, String path, CharInput input) {
    this.feed = feed;
    this.format = format;
    this.path = path;
    this.lines = new Lines(input);
  }

  @Override
  public RawRecord read() throws IOException {
    if (!started) {
      started = true;
      readHeader();
    }
    if (!ready.isEmpty()) {
      return ready.removeFirst();
    }
    Lines.Line line = nextLine();
    while (isMark(line)) {
      member = line.text().substring(1);
      readHeader();
      if (!ready.isEmpty()) {
        return ready.removeFirst();
      }
      line = nextLine();
    }
    if (line == null) {
      return lines.damageRecord(feed);
    }
    hasRows = true;
    RawRecord row = row(line);
    // What was wrong with the header is wrong with every row; a row's own error says less.
    return header.error() == null ? row : row.withError(header.error(), header.errorDetail());
  }

  private Lines.Line nextLine() throws IOException {
    Lines.Line line = lines.next();
    while (line != null && line.isBlank() && !line.isOverlong()) {
      line = lines.next();
    }
    return line;
  }

  private static boolean isMark(Lines.Line line) {
    return line != null && !line.text().isEmpty() && line.text().charAt(0) == ZipMembers.MARK;
  }

  private void readHeader() throws IOException {
    Lines.Line line = nextLine();
    // A vendor's archive has members without content.
    while (isMark(line)) {
      member = line.text().substring(1);
      line = nextLine();
    }
    if (line == null) {
      header = format.header(feed, List.of());
      RawRecord damage = lines.damageRecord(feed);
      if (damage != null || !hasRows) {
        ready.add(damage == null ? empty() : damage);
      }
      return;
    }
    if (line.isOverlong()) {
      header = format.header(feed, List.of());
      ready.add(line.tooLong(feed));
      return;
    }
    char delimiter = CsvCells.delimiter(line.text());
    Matcher declared = DECLARED.matcher(line.text());
    if (declared.matches()) {
      // Excel's own line above the header.
      delimiter = declared.group(1).charAt(0);
      line = nextLine();
      if (line == null) {
        header = format.header(feed, List.of());
        ready.add(empty());
        return;
      }
    }
    CsvCells.split(line.text(), delimiter, cells);
    if (!cells.isEmpty() && cells.get(0).startsWith("\uFEFF")) {
      cells.set(0, cells.get(0).substring(1));
    }
    ownColumns = cells.size();
    folderValues.clear();
    header = format.header(feed, FolderColumns.added(feed, path(), cells, folderValues));
    dialect = Dialect.of(delimiter, sample());
    if (header.error() != null) {
      String hint = Text.isBinary(line.text()) ? "; " + NOT_UTF8 : "";
      ready.add(
          RawRecord.failed(
              feed, line.number(), line.text(), header.error(), header.errorDetail() + hint));
    }
  }

  /** The first rows, which are read again. */
  private List<Lines.Line> sample() throws IOException {
    List<Lines.Line> sample = new ArrayList<>();
    long chars = 0;
    while (sample.size() < SAMPLE_ROWS && chars < SAMPLE_CHARS) {
      Lines.Line next = lines.next();
      if (next == null) {
        break;
      }
      sample.add(next);
      chars += next.length();
      if (next.isOverlong() || isMark(next)) {
        break;
      }
    }
    lines.pushBack(sample);
    return sample;
  }

  private RawRecord empty() {
    return RawRecord.failed(feed, 1, null, ReadRule.EMPTY_FILE, "the file has no content");
  }

  private RawRecord malformed(Lines.Line line, String text, String detail) {
    return RawRecord.failed(feed, line.number(), text, ReadRule.MALFORMED_RECORD, detail);
  }

  private RawRecord row(Lines.Line first) throws IOException {
    if (first.isOverlong()) {
      return first.tooLong(feed);
    }
    List<Lines.Line> more = new ArrayList<>();
    StringBuilder joined = new StringBuilder(first.text());
    String escaped = first.text();
    if (escaped.contains("\\\"")
        && CsvCells.split(escaped, dialect.delimiter(), cells) != CsvCells.End.COMPLETE) {
      // A line that is whole once its quotes are escaped in the other way is escaped so.
      String doubled = CsvCells.withDoubledQuotes(escaped);
      if (CsvCells.split(doubled, dialect.delimiter(), cells) == CsvCells.End.COMPLETE
          && wrongCount() == null) {
        return record(first, escaped);
      }
    }
    CsvCells.End end = CsvCells.split(first.text(), dialect.delimiter(), cells);
    while (end == CsvCells.End.OPEN_QUOTE) {
      Lines.Line next = more.size() == MAX_RECORD_LINES ? null : lines.next();
      if (next == null) {
        break;
      }
      joined.append((more.isEmpty() ? first : more.get(more.size() - 1)).end());
      more.add(next);
      if (next.isOverlong() || joined.length() + next.length() > RawRecord.MAX_CHARS) {
        break;
      }
      joined.append(next.text());
      if (next.text().indexOf('"') >= 0) {
        end = CsvCells.split(joined.toString(), dialect.delimiter(), cells);
      }
    }
    String wrong =
        switch (end) {
          case OPEN_QUOTE -> "a quote is opened and never closed";
          case STRAY_QUOTE -> "text follows a closing quote";
          case COMPLETE -> wrongCount();
        };
    if (wrong != null && !more.isEmpty()) {
      lines.pushBack(more);
      return malformed(first, first.text(), wrong);
    }
    String text = joined.toString();
    if (wrong != null) {
      return end == CsvCells.End.COMPLETE
          ? keyed(first, text, wrong)
          : malformed(first, text, wrong);
    }
    return Text.isBinary(text) ? malformed(first, text, NOT_UTF8) : record(first, text);
  }

  /** Empty fields past the last column do no harm: vendors end rows with a delimiter. */
  private String wrongCount() {
    int surplus = ownColumns;
    while (surplus < cells.size() && cells.get(surplus).isEmpty()) {
      surplus++;
    }
    return cells.size() < ownColumns || surplus < cells.size()
        ? String.format(Locale.ROOT, "it has %d fields, the header %d", cells.size(), ownColumns)
        : null;
  }

  /**
   * A damaged row of which still is known what it is about: a study must not take its day for one
   * without trade.
   */
  private RawRecord keyed(Lines.Line line, String text, String wrong) {
    dialect.normalise(cells);
    while (cells.size() < header.size()) {
      cells.add("");
    }
    TableRow row = new TableRow(path(), header, cells);
    String[] values =
        feed.columns().stream()
            .map(c -> KEYS.contains(c) ? format.cell(c, row) : null)
            .toArray(String[]::new);
    return new RawRecord(line.number(), values, null, text, ReadRule.MALFORMED_RECORD, wrong);
  }

  private String path() {
    return member == null ? path : path + "/" + member;
  }

  private RawRecord record(Lines.Line line, String text) {
    dialect.normalise(cells);
    if (!folderValues.isEmpty()) {
      cells.subList(ownColumns, cells.size()).clear();
      cells.addAll(folderValues);
    }
    TableRow row = new TableRow(path(), header, cells);
    String[] values = feed.columns().stream().map(c -> format.cell(c, row)).toArray(String[]::new);
    RawRecord read = RawRecord.of(line.number(), values, JsonText.orNull(row.extras()), text);
    return format
        .refusal(row)
        .map(why -> read.withError(ReadRule.MALFORMED_RECORD, why))
        .orElse(read);
  }
}
