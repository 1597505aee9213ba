package io.dealimpact.codec;

import static org.apache.spark.sql.types.DataTypes.BinaryType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.dealimpact.capacity.Commitment;
import io.dealimpact.capacity.Finding;
import io.dealimpact.capacity.RollupConfig;
import io.dealimpact.capacity.RollupKey;
import io.dealimpact.capacity.RollupState;
import io.dealimpact.row.RowReader;
import io.dealimpact.row.RowWriter;
import io.dealimpact.study.numeric.Hash;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.StructType;

/**
 * The versions of a partition's commitments, those of one commitment next to each other, to the
 * states of all cells that the commitments add to. The states of several partitions merge.
 *
 * <p>A commitment is added once, to its leaf; the other seven cells are sums of leaves. The rows
 * that come out are of two kinds: a cell with its {@code state}, and the {@code looks} of many
 * commitments, one hash each of what two that look alike share, with what was odd about them.
 *
 * <p>What is held is bounded: beyond {@value #LEAVES} leaves the states so far are given out.
 */
final class CellStates implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  /**
   * Columns of the output rows: {@code state} is NULL in the rows of looks, which are hashes of 8
   * bytes; {@code findings} are the first of those looked at, in alphabetical order.
   */
  static final StructType SCHEMA =
      new StructType()
          .add("provider", StringType)
          .add("customer", StringType)
          .add("gpu_model", StringType)
          .add("status", StringType)
          .add("layer", StringType)
          .add("region", StringType)
          .add("state", BinaryType)
          .add("looks", BinaryType)
          .add("findings", new ArrayType(StringType, true));

  /** Without draws, 60 quarters: 9 kB each. */
  private static final int LEAVES = 8192;

  /** Commitments whose looks are in one row. */
  private static final int LOOKS = 65_536;

  /** Findings in one row. */
  static final int FINDINGS = 20;

  private static final RowWriter ROWS = new RowWriter(SCHEMA);

  private final CommitmentSizer sizer;
  private final RollupConfig config;
  private final int most;

  CellStates(CommitmentSizer sizer, RollupConfig config) {
    this(sizer, config, LEAVES);
  }

  /**
   * States that are given out sooner.
   *
   * @param most leaves held
   */
  CellStates(CommitmentSizer sizer, RollupConfig config, int most) {
    this.sizer = sizer;
    this.config = config;
    this.most = most;
  }

  static Encoder<Row> encoder() {
    return Encoders.row(SCHEMA);
  }

  @Override
  public Iterator<Row> call(Iterator<Row> versions) {
    return new Cells(versions);
  }

  /** Reads one commitment after the other; the states follow when the leaves are many, or all. */
  private final class Cells implements Iterator<Row> {
    private final Iterator<Row> versions;
    private final Map<RollupKey, RollupState> leaves = new HashMap<>();
    private final RollupState pattern = RollupState.empty(config);
    private final TreeSet<String> findings = new TreeSet<>();
    private ByteBuffer looks = ByteBuffer.allocate(Long.BYTES * 64);
    private RowReader reader;
    private Commitment ahead;
    private Iterator<Row> states = List.<Row>of().iterator();
    private Row next;

    Cells(Iterator<Row> versions) {
      this.versions = versions;
      ahead = read();
    }

    @Override
    public boolean hasNext() {
      while (next == null) {
        if (states.hasNext()) {
          next = states.next();
        } else if (looks.position() == Long.BYTES * LOOKS
            || (ahead == null && looks.position() > 0)) {
          next = looks();
        } else if (ahead != null && leaves.size() < most) {
          add();
        } else if (leaves.isEmpty()) {
          return false;
        } else {
          states = new StatesOfCells(new HashMap<>(leaves));
          leaves.clear();
        }
      }
      return true;
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Row row = next;
      next = null;
      return row;
    }

    private Commitment read() {
      if (!versions.hasNext()) {
        return null;
      }
      Row row = versions.next();
      if (reader == null) {
        reader = CommitmentRows.reader(row.schema());
      }
      return CommitmentRows.of(reader.at(row));
    }

    /** Adds the next commitment to its leaf, if it counts. */
    private void add() {
      List<Commitment> of = List.of(ahead);
      Commitment first = ahead;
      ahead = read();
      while (ahead != null && ahead.commitmentId().equals(first.commitmentId())) {
        if (of.size() == 1) {
          of = new ArrayList<>(of);
        }
        of.add(ahead);
        ahead = read();
      }
      sizer.size(of).ifPresent(this::add);
    }

    private void add(CommitmentSizer.Counted counted) {
      leaves.computeIfAbsent(counted.sized().key(), leaf -> pattern.another()).add(counted.sized());
      if (!looks.hasRemaining()) {
        looks = ByteBuffer.allocate(2 * looks.capacity()).put(looks.flip());
      }
      looks.putLong(look(counted));
      for (Finding finding : counted.findings()) {
        findings.add(finding.text());
        if (findings.size() > FINDINGS) {
          findings.pollLast();
        }
      }
    }

    private Row looks() {
      byte[] hashes = Arrays.copyOf(looks.array(), looks.position());
      looks.clear();
      String[] odd = findings.toArray(String[]::new);
      findings.clear();
      return ROWS.row()
          .none("provider")
          .none("customer")
          .none("gpu_model")
          .none("status")
          .none("layer")
          .none("region")
          .none("state")
          .value("looks", hashes)
          .value("findings", odd)
          .build();
    }
  }

  /** A hash of all that commitments that look alike have in common. */
  private static long look(CommitmentSizer.Counted counted) {
    RollupKey key = counted.sized().key();
    long hash = Hash.of(counted.dealId());
    for (String name : List.of(key.provider(), key.customer(), key.gpuModel())) {
      hash = Hash.mix(hash ^ Hash.of(name));
    }
    for (Optional<LocalDate> day : List.of(counted.first(), counted.full())) {
      hash = Hash.mix(hash ^ day.map(LocalDate::toEpochDay).orElse(Long.MIN_VALUE));
    }
    return hash;
  }

  /** The hashes of a row of looks, one by one. */
  static final class Looks implements FlatMapFunction<byte[], Long> {
    private static final long serialVersionUID = 1L;

    @Override
    public Iterator<Long> call(byte[] hashes) {
      LongBuffer longs = ByteBuffer.wrap(hashes).asLongBuffer();
      return LongStream.range(0, longs.remaining()).map(i -> longs.get((int) i)).iterator();
    }
  }

  private static RowWriter.Cells cell(RollupKey key) {
    return ROWS.row()
        .text("provider", key.provider())
        .text("customer", key.customer())
        .text("gpu_model", key.gpuModel())
        .text("status", key.status().code())
        .text("layer", key.layer())
        .text("region", key.region());
  }

  /** The cells of some leaves, the leaves first, then the sums over each set of names. */
  private final class StatesOfCells implements Iterator<Row> {
    private static final int SETS = 8;
    private final Map<RollupKey, RollupState> leaves;
    private int set;
    private Iterator<Map.Entry<RollupKey, RollupState>> cells;

    StatesOfCells(Map<RollupKey, RollupState> leaves) {
      this.leaves = leaves;
      cells = leaves.entrySet().iterator();
    }

    @Override
    public boolean hasNext() {
      while (!cells.hasNext() && set < SETS - 1) {
        set++;
        cells = sums().entrySet().iterator();
      }
      return cells.hasNext();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Map.Entry<RollupKey, RollupState> cell = cells.next();
      return cell(cell.getKey())
          .value("state", cell.getValue().toBytes())
          .none("looks")
          .none("findings")
          .build();
    }

    private Map<RollupKey, RollupState> sums() {
      Map<RollupKey, RollupState> sums = new HashMap<>();
      RollupState pattern = RollupState.empty(config);
      leaves.forEach(
          (leaf, state) ->
              sums.computeIfAbsent(leaf.cube().get(set), cell -> pattern.another()).merge(state));
      return sums;
    }
  }
}
