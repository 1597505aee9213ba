package io.dealimpact.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "s3a://AKIA123:wJalr/XUt+nFEMI@bucket/lake | s3a://***@bucket/lake",
        "nightly --lake https://user:pw@host:8080/x | nightly --lake https://***@host:8080/x",
        "https://ghp_abc@host/x | https://***@host/x",
        "https://host/x?sig=a%2Fb%3D&se=2026 | https://host/x?sig=***&se=2026",
        "https://host/x?a=1&X-Amz-Signature=0f&b=2 | https://host/x?a=1&X-Amz-Signature=***&b=2",
        "https://host/x?X-Amz-Security-Token=abc | https://host/x?X-Amz-Security-Token=***",
        "fs.s3a.secret.key=abc fs.s3a.access.key=def | fs.s3a.secret.key=*** fs.s3a.access.key=***",
        "fs.azure.account.key.x.net=abc | fs.azure.account.key.x.net=***",
        "--set db.password='a b' | --set db.password=***",
        "password: hunter2 | password: ***",
      })
  void aSecretIsMasked(String given, String masked) {
    assertThat(Secrets.mask(given)).isEqualTo(masked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nightly --landing data-samples --lake /var/lake --set study.benchmark=QQQ",
        "abfss://container@account.dfs.core.windows.net/lake",
        "s3a://bucket/lake",
        "hdfs://namenode:8020/lake and mail to ops@example.org",
        "significance=0.05, design: x, token",
      })
  void whatIsNoSecretStays(String text) {
    assertThat(Secrets.mask(text)).isEqualTo(text);
  }

  @Test
  void aRunAndAFailureHoldNone() {
    RunContext run =
        RunContext.begin(
            Clock.systemUTC(),
            "nightly --lake s3a://key:secret@bucket/lake",
            RunContext.Effect.WRITE,
            RunContext.DateRange.ALWAYS);
    assertThat(run.command()).isEqualTo("nightly --lake s3a://***@bucket/lake");
    assertThat(Failures.landingMissing("s3a://key:secret@bucket/landing"))
        .hasMessageContaining("The landing zone s3a://***@bucket/landing does not exist");
    assertThat(Failures.unexpected(new IllegalStateException("at https://u:p@h/")))
        .isEqualTo("IllegalStateException: at https://***@h/");
  }
}
