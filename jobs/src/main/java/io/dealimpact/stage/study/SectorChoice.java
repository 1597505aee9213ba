package io.dealimpact.stage.study;

/** What stands for the sector of an instrument. */
enum SectorChoice {
  /** The fund that the instrument names; where it names none that has bars, its peers. */
  FUND,
  /** Its peers. */
  PEERS
}
