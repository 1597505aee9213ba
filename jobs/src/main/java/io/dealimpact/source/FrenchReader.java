package io.dealimpact.source;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads Kenneth French's daily files as downloaded: prose, a header whose first field is empty or
 * {@code Date}, one row a day ({@code yyyymmdd}, in newer files an ISO date) in percent, a blank
 * line, prose. The values stay as delivered, those that stand for a missing one (−99.99, −999) too.
 *
 * <p>The table ends with the first line that is no day, unless days go on after it: then that line
 * was a damaged row.
 */
final class FrenchReader implements RecordReader {
  private static final Pattern DAY = Pattern.compile("\\d{8}|\\d{4}-\\d{2}-\\d{2}");
  private static final Set<String> FACTORS =
      Set.of("mkt_rf", "smb", "hml", "rmw", "cma", "rf", "mom", "umd");

  /** Lines after the table that are kept in case days follow. */
  private static final int MAX_HELD = 20;

  private final Lines lines;
  private final List<String> cells = new ArrayList<>();
  private final Deque<RawRecord> ready = new ArrayDeque<>();
  private final Deque<Lines.Line> held = new ArrayDeque<>();
  private Header header;
  private long headerLine;
  private String headerText;
  private long days;
  private boolean ended;
  private boolean summed;

  FrenchReader(CharInput input) {
    this.lines = new Lines(input);
  }

  @Override
  public RawRecord read() throws IOException {
    while (ready.isEmpty() && !ended) {
      Lines.Line line = lines.next();
      if (line == null) {
        ended = true;
      } else if (header == null) {
        seekHeader(line);
      } else {
        table(line);
      }
    }
    if (!ready.isEmpty()) {
      return ready.removeFirst();
    }
    if (!summed) {
      summed = true;
      RawRecord damage = lines.damageRecord(Feed.FACTORS);
      if (damage != null) {
        return damage;
      }
      if (days == 0) {
        return nothingFound();
      }
    }
    return null;
  }

  private RawRecord nothingFound() {
    return RawRecord.failed(
        Feed.FACTORS,
        Math.max(1, headerLine),
        headerText,
        header == null ? ReadRule.MISSING_COLUMNS : ReadRule.MALFORMED_RECORD,
        header == null
            ? "no header line with factors (,Mkt-RF,SMB,HML,RF) was found"
            : "no day (yyyymmdd) follows the header; is it a monthly file?");
  }

  private void seekHeader(Lines.Line line) {
    if (line.isOverlong()) {
      ready.add(RawRecord.tooLong(Feed.FACTORS, line));
    } else if (isHeader(line)) {
      List<String> names = new ArrayList<>(cells);
      names.set(0, "date");
      header = Header.of(Feed.FACTORS, Layout.FRENCH_CSV, names);
      headerLine = line.number();
      headerText = line.text();
      if (header.error() != null) {
        ready.add(malformed(line, header.error(), header.errorDetail()));
      }
    }
  }

  private boolean isHeader(Lines.Line line) {
    return CsvCells.split(line.text(), ',', cells) == CsvCells.End.COMPLETE
        && cells.size() > 1
        && (cells.get(0).isEmpty() || cells.get(0).toLowerCase(Locale.ROOT).equals("date"))
        && cells.stream().skip(1).map(Header::normalise).anyMatch(FACTORS::contains);
  }

  private void table(Lines.Line line) {
    if (!line.isOverlong()) {
      if (isHeader(line)) {
        // A second table: not of days, or not ours.
        ended = days > 0;
        return;
      }
      CsvCells.split(line.text(), ',', cells);
      if (!cells.isEmpty() && DAY.matcher(cells.get(0)).matches()) {
        day(line);
        return;
      }
    }
    if (!line.isBlank() && days > 0 && held.size() < MAX_HELD) {
      held.add(line);
    }
  }

  private void day(Lines.Line line) {
    while (!held.isEmpty()) {
      Lines.Line before = held.removeFirst();
      ready.add(
          before.isOverlong()
              ? RawRecord.tooLong(Feed.FACTORS, before)
              : malformed(
                  before, ReadRule.MALFORMED_RECORD, "it does not start with a day (yyyymmdd)"));
    }
    days++;
    CsvCells.split(line.text(), ',', cells);
    RawRecord row =
        cells.size() == header.size()
            ? record(line)
            : malformed(
                line,
                ReadRule.MALFORMED_RECORD,
                String.format(
                    Locale.ROOT, "it has %d fields, the header %d", cells.size(), header.size()));
    if (Text.isBinary(line.text())) {
      row = row.withError(ReadRule.MALFORMED_RECORD, "it is not UTF-8 text");
    }
    ready.add(header.error() == null ? row : row.withError(header.error(), header.errorDetail()));
  }

  private RawRecord record(Lines.Line line) {
    String[] values = new String[Feed.FACTORS.columns().size()];
    Map<String, String> extras = new LinkedHashMap<>();
    for (int i = 0; i < header.size(); i++) {
      String value = Text.orNull(cells.get(i));
      if (header.target(i) >= 0) {
        values[header.target(i)] = value;
      } else if (value != null) {
        extras.put(header.name(i), value);
      }
    }
    values[Feed.FACTORS.indexOf("factor_set")] = "french-daily";
    values[Feed.FACTORS.indexOf("unit")] = "percent";
    return RawRecord.of(line.number(), values, extras, line.text());
  }

  private static RawRecord malformed(Lines.Line line, ReadRule rule, String detail) {
    return RawRecord.failed(Feed.FACTORS, line.number(), line.text(), rule, detail);
  }
}
