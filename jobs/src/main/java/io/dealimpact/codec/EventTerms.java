package io.dealimpact.codec;

/**
 * What an event's row says of its deal and its instrument: the properties of {@link
 * InstrumentRow#getEvent}, read by Spark's bean encoder.
 */
public final class EventTerms {
  private String dealId;
  private String role;
  private String dealType;
  private Double dealUsd;
  private Integer listedParties;
  private String exchange;
  private String instrumentStatus;

  public String getDealId() {
    return dealId;
  }

  public void setDealId(String dealId) {
    this.dealId = dealId;
  }

  public String getRole() {
    return role;
  }

  public void setRole(String role) {
    this.role = role;
  }

  public String getDealType() {
    return dealType;
  }

  public void setDealType(String dealType) {
    this.dealType = dealType;
  }

  public Double getDealUsd() {
    return dealUsd;
  }

  public void setDealUsd(Double dealUsd) {
    this.dealUsd = dealUsd;
  }

  public Integer getListedParties() {
    return listedParties;
  }

  public void setListedParties(Integer listedParties) {
    this.listedParties = listedParties;
  }

  public String getExchange() {
    return exchange;
  }

  public void setExchange(String exchange) {
    this.exchange = exchange;
  }

  public String getInstrumentStatus() {
    return instrumentStatus;
  }

  public void setInstrumentStatus(String instrumentStatus) {
    this.instrumentStatus = instrumentStatus;
  }
}
