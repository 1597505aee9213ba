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
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Reads Kenneth French's daily files as downloaded: prose, a header whose first field is empty or
 * {@code Date}, one row a day ({@code yyyymmdd}, in newer files an ISO date) in percent, a blank
 * line, prose. The values stay as delivered, those that stand for a missing one (−99.99, −999) too.
 *
 * <p>Every row of the table is counted. A line that is no day is a damaged row if it starts with a
 * digit, or has as many cells as the header and ends with a number, or if days go on after it.
 * Prose after the last day is none. A row that the end of the file cuts off is damaged too: as
 * downloaded, every line has an end.
 */
final class FrenchReader implements RecordReader {
  private static final Pattern DAY = Pattern.compile("\\d{8}|\\d{4}-\\d{2}-\\d{2}");

  private static final Pattern NUMBER = Pattern.compile("-?\\d*\\.?\\d+");

  /** Lines that are kept in case days follow. With more of them, all are damaged rows. */
  private static final int MAX_HELD = 10_000;

  /** Rows after which a file without two days that follow each other is not daily. */
  private static final int DAYS_TO_TELL = 4;

  private final FrenchCsv format;
  private final String path;
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

  /** The first days, held until they show that the file is of days. */
  private final Deque<RawRecord> firstRows = new ArrayDeque<>();

  private final List<LocalDate> firstDays = new ArrayList<>();
  private boolean isOfDays;
  private boolean isOther;

  FrenchReader(FrenchCsv format, String path, CharInput input) {
    this.format = format;
    this.path = path;
    this.lines = new Lines(input);
  }

  @Override
  public RawRecord read() throws IOException {
    while (ready.isEmpty() && !ended) {
      Lines.Line line = lines.next();
      if (line == null) {
        ended = true;
        release();
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
      ready.add(line.tooLong(Feed.FACTORS));
    } else if (isHeader(line)) {
      header = format.header(Feed.FACTORS, cells);
      headerLine = line.number();
      headerText = line.text();
      if (header.error() != null) {
        ready.add(malformed(line, header.error(), header.errorDetail()));
      }
    }
  }

  private boolean isHeader(Lines.Line line) {
    return CsvCells.split(line.text(), ',', cells) == CsvCells.End.COMPLETE
        && format.isHeader(cells);
  }

  private void table(Lines.Line line) {
    if (!line.isOverlong()) {
      if (isHeader(line)) {
        // A second table: not of days, or not ours.
        ended = days > 0;
        if (ended) {
          release();
        }
        return;
      }
      CsvCells.split(line.text(), ',', cells);
      if (!cells.isEmpty() && DAY.matcher(cells.get(0)).matches()) {
        day(line);
        return;
      }
    }
    if (!line.isBlank()) {
      held.add(line);
      if (held.size() > MAX_HELD || (days > 0 && isRow(line))) {
        releaseHeld();
      }
    }
  }

  /** Whether a line that is no day looks like one that was damaged, and not like prose. */
  private boolean isRow(Lines.Line line) {
    String text = line.text().strip();
    return line.isOverlong()
        || (!text.isEmpty() && Character.isDigit(text.charAt(0)))
        || (cells.size() == header.size() && NUMBER.matcher(cells.get(cells.size() - 1)).matches());
  }

  /** All lines held back are damaged rows. */
  private void releaseHeld() {
    while (!held.isEmpty()) {
      Lines.Line before = held.removeFirst();
      emit(
          before.isOverlong()
              ? before.tooLong(Feed.FACTORS)
              : malformed(
                  before, ReadRule.MALFORMED_RECORD, "it does not start with a day (yyyymmdd)"));
    }
  }

  private void day(Lines.Line line) {
    releaseHeld();
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
    if (line.end().isEmpty()) {
      row = row.withError(ReadRule.MALFORMED_RECORD, "the file ends in the middle of the line");
    }
    if (Text.isBinary(line.text())) {
      row = row.withError(ReadRule.MALFORMED_RECORD, "it is not UTF-8 text");
    }
    add(header.error() == null ? row : row.withError(header.error(), header.errorDetail()));
  }

  /** Holds the first rows back: where all lie days apart, the file is weekly or monthly. */
  private void add(RawRecord row) {
    emit(row);
    if (isOther || isOfDays) {
      return;
    }
    LocalDate day = date(cells.get(0));
    if (day != null) {
      firstDays.add(day);
    }
    int last = firstDays.size() - 1;
    boolean isNext =
        last > 0 && ChronoUnit.DAYS.between(firstDays.get(last - 1), firstDays.get(last)) < 5;
    if (isNext) {
      release();
    } else if (firstDays.size() == DAYS_TO_TELL) {
      isOther = true;
      firstRows.clear();
      ready.add(
          RawRecord.failed(
              Feed.FACTORS,
              headerLine,
              headerText,
              ReadRule.MALFORMED_RECORD,
              "its days lie five days or more apart: it is a weekly or monthly file, and daily"
                  + " factors are due"));
    }
  }

  private void emit(RawRecord row) {
    if (!isOther) {
      (isOfDays ? ready : firstRows).add(row);
    }
  }

  private void release() {
    isOfDays = true;
    ready.addAll(firstRows);
    firstRows.clear();
  }

  private static LocalDate date(String cell) {
    try {
      return cell.length() == 8
          ? LocalDate.parse(cell, DateTimeFormatter.BASIC_ISO_DATE)
          : LocalDate.parse(cell);
    } catch (DateTimeParseException noDay) {
      return null;
    }
  }

  private RawRecord record(Lines.Line line) {
    TableRow row = new TableRow(path, header, cells);
    String[] values =
        Feed.FACTORS.columns().stream().map(c -> format.cell(c, row)).toArray(String[]::new);
    return RawRecord.of(line.number(), values, JsonText.orNull(row.extras()), line.text());
  }

  private static RawRecord malformed(Lines.Line line, ReadRule rule, String detail) {
    return RawRecord.failed(Feed.FACTORS, line.number(), line.text(), rule, detail);
  }
}
