package io.dealimpact.notebook;

import java.awt.Graphics2D;

/** Draws a picture of a given size, as the charts of XChart do with their {@code paint}. */
@FunctionalInterface
public interface Painter {
  /** Draws into the rectangle from 0, 0 to width, height. */
  void paint(Graphics2D graphics, int width, int height);
}
