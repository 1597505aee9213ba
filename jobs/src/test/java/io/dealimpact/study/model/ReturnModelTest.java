package io.dealimpact.study.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReturnModelTest {
  @Test
  void noTwoModelsHaveOneNameForPeople() {
    assertThat(ReturnModel.named()).extracting(ReturnModel::label).doesNotHaveDuplicates();
    assertThat(ReturnModel.parse("market-sector").label()).isEqualTo("Market and sector");
    assertThat(ReturnModel.parse("dimson:3").label()).isEqualTo("Dimson, 3 leads and lags");
    assertThat(ReturnModel.parse("factors:smb+hml").label()).isEqualTo("Factors smb, hml");
  }
}
