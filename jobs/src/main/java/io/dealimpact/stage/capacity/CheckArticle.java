package io.dealimpact.stage.capacity;

import io.dealimpact.codec.ArticleChecker;
import io.dealimpact.config.Configuration;
import io.dealimpact.lake.TableSpec;
import io.dealimpact.lake.Tables;
import io.dealimpact.stage.Stage;
import io.dealimpact.stage.StageContext;
import io.dealimpact.stage.StageResult;
import java.util.List;
import java.util.Map;

/** What each printed sentence asserts, piece by piece, each with a verdict of its own. */
public final class CheckArticle implements Stage {
  @Override
  public String name() {
    return "check-article";
  }

  @Override
  public String summary() {
    return "printed sentences piece by piece: amount, attribution, modality, date, record, rank";
  }

  @Override
  public List<TableSpec> inputs() {
    return AuditClaims.INPUTS;
  }

  @Override
  public List<TableSpec> needs() {
    return List.of(Tables.CLAIMS);
  }

  @Override
  public Map<String, Object> settings(Configuration configuration) {
    return AuditClaims.read(configuration);
  }

  @Override
  public TableSpec output() {
    return Tables.ARTICLE_CHECK;
  }

  @Override
  public StageResult run(StageContext context) {
    context
        .lake()
        .replaceAll(
            output(),
            AuditClaims.evidence(context)
                .flatMap(
                    new ArticleChecker(AuditClaims.auditor(context)), ArticleChecker.encoder()),
            context.note());
    return StageResult.computed("");
  }
}
