import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.DelegatingAnalyzerWrapper;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.cjk.CJKAnalyzer;
import org.apache.lucene.analysis.cn.smart.SmartChineseAnalyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.ko.KoreanAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/**
 * Lucene on a collection of `peers.py`. Each language has a title and a body field by its analyser, and is asked apart; Lucene knows
 * the language of each question. Arguments: COLLECTION INDEX. Prints a line for each analyser and task: LANGUAGE ANALYSER TASK P50 P99, in
 * microseconds, of the last of three passes.
 */
public class LucenePeer {
  private static final String[][] ANALYSERS = {
    {"en", "english"}, {"de", "german"}, {"ko", "nori"}, {"zh", "smartcn"}, {"zh", "cjk"}
  };
  private static final float TITLE = 1.0f;
  private static final int PASSES = 3;

  private static Analyzer analyser(String name) {
    return switch (name) {
      case "english" -> new EnglishAnalyzer();
      case "german" -> new GermanAnalyzer();
      case "nori" -> new KoreanAnalyzer();
      case "smartcn" -> new SmartChineseAnalyzer();
      case "cjk" -> new CJKAnalyzer();
      default -> throw new IllegalArgumentException(name);
    };
  }

  public static void main(String[] arguments) throws IOException {
    Path collection = Path.of(arguments[0]);
    Path index = Path.of(arguments[1]);
    Map<String, Analyzer> fields = new HashMap<>();
    for (String[] one : ANALYSERS) {
      Analyzer analyser = analyser(one[1]);
      fields.put("title_" + one[1], analyser);
      fields.put("body_" + one[1], analyser);
    }
    Analyzer byField = new DelegatingAnalyzerWrapper(Analyzer.PER_FIELD_REUSE_STRATEGY) {
      @Override
      protected Analyzer getWrappedAnalyzer(String field) {
        return fields.get(field);
      }
    };
    Directory directory = FSDirectory.open(index);
    if (!DirectoryReader.indexExists(directory)) {
      write(collection, directory, byField);
    }
    IndexSearcher searcher = new IndexSearcher(DirectoryReader.open(directory));
    searcher.setQueryCache(null);
    for (String[] one : ANALYSERS) {
      List<String> questions = Files.readAllLines(collection.resolve("topics." + one[0] + ".tsv"));
      for (String task : new String[] {"found", "marked"}) {
        List<Long> times = new ArrayList<>();
        for (int pass = 0; pass < PASSES; pass++) {
          times.clear();
          for (String line : questions) {
            String question = line.split("\t")[1];
            long start = System.nanoTime();
            ask(searcher, byField, one[1], question, task.equals("marked"));
            times.add(System.nanoTime() - start);
          }
        }
        Collections.sort(times);
        double median = times.get(times.size() / 2) / 1e3;
        double last = times.get(times.size() * 99 / 100) / 1e3;
        System.out.printf("%s %s %s %.1f %.1f%n", one[0], one[1], task, median, last);
      }
    }
  }

  private static void write(Path collection, Directory directory, Analyzer analyser) throws IOException {
    IndexWriterConfig settings = new IndexWriterConfig(analyser);
    settings.setRAMBufferSizeMB(256);
    try (IndexWriter writer = new IndexWriter(directory, settings)) {
      for (String[] one : ANALYSERS) {
        Path passages = collection.resolve("docs." + one[0] + ".tsv");
        try (BufferedReader lines = Files.newBufferedReader(passages, StandardCharsets.UTF_8)) {
          for (String line; (line = lines.readLine()) != null; ) {
            String[] parts = line.split("\t", 3);
            Document document = new Document();
            document.add(new StringField("id", parts[0], Field.Store.YES));
            document.add(new TextField("title_" + one[1], parts[1], Field.Store.YES));
            document.add(new TextField("body_" + one[1], parts[2], Field.Store.YES));
            writer.addDocument(document);
          }
        }
      }
      writer.forceMerge(1);
    }
  }

  private static void ask(IndexSearcher searcher, Analyzer analyser, String field, String question, boolean marked)
      throws IOException {
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    String body = "body_" + field;
    String title = "title_" + field;
    try (TokenStream tokens = analyser.tokenStream(body, question)) {
      CharTermAttribute token = tokens.addAttribute(CharTermAttribute.class);
      tokens.reset();
      while (tokens.incrementToken()) {
        query.add(new TermQuery(new Term(body, token.toString())), BooleanClause.Occur.SHOULD);
        query.add(new BoostQuery(new TermQuery(new Term(title, token.toString())), TITLE), BooleanClause.Occur.SHOULD);
      }
      tokens.end();
    }
    TopDocs best = searcher.search(query.build(), 10);
    StoredFields stored = searcher.storedFields();
    for (ScoreDoc hit : best.scoreDocs) {
      stored.document(hit.doc, Set.of("id"));
    }
    if (marked) {
      UnifiedHighlighter highlighter = UnifiedHighlighter.builder(searcher, analyser).withMaxLength(100_000).build();
      highlighter.highlightFields(new String[] {body, title}, query.build(), best, new int[] {3, 1});
    }
  }
}
