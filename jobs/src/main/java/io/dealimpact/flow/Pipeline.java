package io.dealimpact.flow;

import io.dealimpact.source.Feed;
import io.dealimpact.stage.Stage;
import io.dealimpact.stage.capacity.AuditClaims;
import io.dealimpact.stage.capacity.CheckArticle;
import io.dealimpact.stage.capacity.MeasureCapacityEconomics;
import io.dealimpact.stage.capacity.MeasureCommitmentShares;
import io.dealimpact.stage.capacity.MeasureDelivery;
import io.dealimpact.stage.capacity.MeasureMarketPerGw;
import io.dealimpact.stage.capacity.RollUpCapacity;
import io.dealimpact.stage.capacity.SummariseConcentration;
import io.dealimpact.stage.conform.ConformBars;
import io.dealimpact.stage.conform.ConformCalendar;
import io.dealimpact.stage.conform.ConformCapacity;
import io.dealimpact.stage.conform.ConformClaims;
import io.dealimpact.stage.conform.ConformDealParties;
import io.dealimpact.stage.conform.ConformDealRows;
import io.dealimpact.stage.conform.ConformDeals;
import io.dealimpact.stage.conform.ConformEarnings;
import io.dealimpact.stage.conform.ConformEvents;
import io.dealimpact.stage.conform.ConformFactors;
import io.dealimpact.stage.conform.ConformFx;
import io.dealimpact.stage.conform.ConformGpus;
import io.dealimpact.stage.conform.ConformInstruments;
import io.dealimpact.stage.conform.ConformMarketCaps;
import io.dealimpact.stage.conform.ConformRefusedBars;
import io.dealimpact.stage.conform.ConformReturns;
import io.dealimpact.stage.conform.ConformSeries;
import io.dealimpact.stage.conform.ConformShares;
import io.dealimpact.stage.conform.ConformSites;
import io.dealimpact.stage.conform.ConformSplits;
import io.dealimpact.stage.dimension.LabelDates;
import io.dealimpact.stage.dimension.LabelDeals;
import io.dealimpact.stage.dimension.LabelInstruments;
import io.dealimpact.stage.dimension.LabelModels;
import io.dealimpact.stage.dimension.LabelWindows;
import io.dealimpact.stage.ingest.IngestFeed;
import io.dealimpact.stage.ingest.LandingZone;
import io.dealimpact.stage.study.AveragePaths;
import io.dealimpact.stage.study.CompareChoices;
import io.dealimpact.stage.study.EventGroups;
import io.dealimpact.stage.study.FitModels;
import io.dealimpact.stage.study.FlattenEvents;
import io.dealimpact.stage.study.MeasureDailyMoves;
import io.dealimpact.stage.study.MeasureDays;
import io.dealimpact.stage.study.MeasureDeals;
import io.dealimpact.stage.study.MeasureEvents;
import io.dealimpact.stage.study.MeasuredEvents;
import io.dealimpact.stage.study.RegressCars;
import io.dealimpact.stage.study.TestGroups;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The whole flow, in order: landing files to bronze, bronze to silver, silver to gold. No stage
 * reads a table that a later one writes. Good for one run: it keeps what the run's stages share.
 */
final class Pipeline implements AutoCloseable {
  private final ConformDealRows deals = new ConformDealRows();
  private final MeasuredEvents study = new MeasuredEvents();
  private final EventGroups groups = new EventGroups(study);
  private final Stage comparison = new CompareChoices(study, groups);
  private final List<Stage> stages = new ArrayList<>();

  Pipeline() {
    LandingZone landing = new LandingZone();
    for (Feed feed : Feed.values()) {
      stages.add(new IngestFeed(feed, landing));
    }
    stages.addAll(
        List.of(
            new ConformInstruments(),
            new ConformCalendar(),
            new ConformSplits(),
            new ConformFx(),
            new ConformBars(),
            new ConformRefusedBars(),
            new ConformReturns(),
            new ConformShares(),
            new ConformMarketCaps(),
            new ConformSeries(),
            new ConformEarnings(),
            new ConformFactors(),
            new ConformDeals(deals),
            new ConformDealParties(deals),
            new ConformEvents(),
            new ConformGpus(),
            new ConformCapacity(),
            new ConformClaims(),
            new ConformSites(),
            new MeasureDailyMoves(),
            new FitModels(study),
            MeasureDays.returns(study),
            new MeasureEvents(study),
            new FlattenEvents(),
            new MeasureDeals(study),
            MeasureDays.volume(study),
            MeasureDays.volatility(study),
            new AveragePaths(groups),
            new TestGroups(groups),
            new RegressCars(study),
            comparison,
            new RollUpCapacity(),
            new MeasureDelivery(),
            new MeasureCapacityEconomics(),
            new MeasureCommitmentShares(),
            new SummariseConcentration(),
            new MeasureMarketPerGw(),
            new AuditClaims(),
            new CheckArticle(),
            new LabelDeals(),
            new LabelInstruments(),
            new LabelDates(),
            new LabelModels(),
            new LabelWindows()));
  }

  /** Tells the stages that share their work which of them is going to run. */
  void runs(Predicate<Stage> isToRun) {
    study.compareChoices(() -> isToRun.test(comparison));
  }

  List<Stage> stages() {
    return List.copyOf(stages);
  }

  @Override
  public void close() {
    groups.close();
    study.close();
    deals.close();
  }
}
