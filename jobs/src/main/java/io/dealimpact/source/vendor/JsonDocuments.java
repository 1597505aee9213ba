package io.dealimpact.source.vendor;

import io.dealimpact.source.Feed;
import io.dealimpact.source.RecordReader;
import io.dealimpact.source.json.JsonReaders;
import io.dealimpact.source.text.CharInput;
import java.io.IOException;

/** Objects with our field names: an array, one object, or JSON Lines; the content decides. */
final class JsonDocuments implements VendorFormat {

  @Override
  public boolean recognises(FilePlace place) {
    return place.feed().isJson() && place.isJson();
  }

  @Override
  public String files() {
    return "JSON or JSON Lines (.json, .jsonl, .ndjson)";
  }

  @Override
  public RecordReader open(Feed feed, String path, CharInput input) throws IOException {
    return JsonReaders.open(feed, input);
  }
}
