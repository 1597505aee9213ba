package io.dealimpact.stage;

import io.dealimpact.source.Feed;
import java.util.ArrayList;
import java.util.List;

/**
 * The whole flow, in order: landing files to bronze, bronze to silver, silver to gold. No stage
 * reads a table that a later one writes. Good for one run: it keeps what the run's stages share.
 */
final class Pipeline implements AutoCloseable {
  private final StudyFrame study = new StudyFrame();
  private final GroupFrame groups = new GroupFrame(study);
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
            new ConformShares(),
            new ConformMarketCaps(),
            new ConformEarnings(),
            new ConformFactors(),
            new ConformDeals(),
            new ConformDealParties(),
            new ConformGpus(),
            new ConformCapacity(),
            new ConformClaims(),
            new ConformSites(),
            new MeasureDailyMoves(),
            new FitModels(study),
            new MeasureAbnormalReturns(study),
            new MeasureEvents(study),
            new MeasureDeals(study),
            new MeasureVolume(study),
            new MeasureVolatility(study),
            new StudyPaths(groups),
            new StudyTests(groups),
            new RegressCars(study),
            new CompareChoices(study),
            new RollUpCapacity(),
            new MeasureCapacityEconomics(),
            new MeasureCommitmentShares(),
            new AuditClaims()));
  }

  List<Stage> stages() {
    return List.copyOf(stages);
  }

  @Override
  public void close() {
    groups.close();
    study.close();
  }
}
