package io.dealimpact.study.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalTime;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExchangeTest {

  @Test
  void namesAndCodesAreOneExchange() {
    assertThat(Exchange.codeOf("nyse")).isEqualTo("XNYS");
    assertThat(Exchange.codeOf("NYQ")).isEqualTo("XNYS");
    assertThat(Exchange.codeOf("London Stock Exchange ")).isEqualTo("XLON");
    assertThat(Exchange.codeOf("nowhere")).isEqualTo("NOWHERE");
    assertThat(Exchange.of(null)).isEmpty();
  }

  @Test
  void noNameIsOfTwoExchanges() {
    Set<String> names = new HashSet<>();
    for (Exchange exchange : Exchange.all()) {
      assertThat(names.add(exchange.mic())).as(exchange.mic()).isTrue();
      exchange.names().forEach(name -> assertThat(names.add(name)).as(name).isTrue());
    }
  }

  @Test
  void hoursThatAreNotKnownAreSaidToBeAssumed() {
    Map<String, Map<Integer, LocalTime>> closes = Map.of("XNYS", Map.of(1, LocalTime.NOON));
    assertThat(Sessions.of("NYQ", closes).close(1)).isEqualTo(LocalTime.NOON);
    assertThat(Sessions.of("NYQ", closes).assumption()).isEmpty();
    assertThat(Sessions.of("Atlantis", closes).assumption())
        .isEqualTo("the exchange Atlantis is not known: New York's hours are assumed");
    assertThat(Sessions.of(null, closes).assumption())
        .isEqualTo("no exchange is given: New York's hours are assumed");
    assertThat(Sessions.of("XJSE", closes).regular().zone().getId())
        .isEqualTo("Africa/Johannesburg");
  }
}
