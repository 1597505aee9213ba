package io.dealimpact.codec;

import static org.apache.spark.sql.types.DataTypes.BinaryType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.dealimpact.capacity.Commitment;
import io.dealimpact.capacity.RollupConfig;
import io.dealimpact.capacity.RollupKey;
import io.dealimpact.capacity.RollupState;
import io.dealimpact.row.RowReader;
import io.dealimpact.row.RowWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The versions of a partition's commitments, those of one commitment next to each other, to the
 * states of all cells that the commitments add to. The states of several partitions merge.
 *
 * <p>A commitment is added once, to its leaf; the other seven cells are sums of leaves. The rows
 * that come out are of two kinds: a cell with its {@code state}, and a commitment that counted,
 * with what tells it from others and what was odd about it.
 *
 * <p>What is held is bounded: beyond {@value #LEAVES} leaves the states so far are given out.
 */
final class CellStates implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  /** Columns of the output rows; {@code state} is NULL in the row of a commitment. */
  static final StructType SCHEMA =
      new StructType()
          .add("provider", StringType)
          .add("customer", StringType)
          .add("gpu_model", StringType)
          .add("status", StringType)
          .add("layer", StringType)
          .add("region", StringType)
          .add("state", BinaryType)
          .add("commitment_id", StringType)
          .add("deal_id", StringType)
          .add("first_day", IntegerType)
          .add("full_day", IntegerType)
          .add("findings", new ArrayType(StringType, true));

  /** Without draws, 60 quarters: 9 kB each. */
  private static final int LEAVES = 8192;

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
        } else if (ahead != null && leaves.size() < most) {
          next = commitment();
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

    /** Adds the next commitment to its leaf; null where it counts for nothing. */
    private Row commitment() {
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
      Optional<CommitmentSizer.Counted> counted = sizer.size(of);
      if (counted.isEmpty()) {
        return null;
      }
      leaves
          .computeIfAbsent(counted.get().sized().key(), leaf -> pattern.another())
          .add(counted.get().sized());
      return row(counted.get());
    }
  }

  private static Row row(CommitmentSizer.Counted counted) {
    return cell(counted.sized().key())
        .none("state")
        .text("commitment_id", counted.sized().commitmentId())
        .text("deal_id", counted.dealId())
        .day("first_day", counted.first())
        .day("full_day", counted.full())
        .value("findings", counted.textOfFindings())
        .build();
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
          .none("commitment_id")
          .none("deal_id")
          .none("first_day")
          .none("full_day")
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
