package io.dealimpact.ask;

import io.dealimpact.run.DealImpactException;
import io.dealimpact.run.Failures;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedGenerator;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableValuedFunction;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import scala.Product;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Decides whether a text is a query that only reads the tables it may read. It holds what Spark's
 * own parser makes of the text against lists of what is allowed: kinds of plans, kinds of
 * expressions, functions, tables. What is on no list is refused.
 *
 * <p>The one class that uses Spark's internal parser. Spark has no public one, and a second parser
 * of ours would differ from Spark's somewhere: that difference would be a way in.
 */
final class QueryCheck {
  private static final String CATALYST = "org.apache.spark.sql.catalyst.";

  /** What SELECT, WITH, VALUES, TABLE, joins, set operations and pipes are parsed into. */
  private static final Set<String> PLANS =
      Set.of(
          "analysis.ResolvedInlineTable",
          "analysis.UnresolvedHaving",
          "analysis.UnresolvedInlineTable",
          "analysis.UnresolvedRelation",
          "analysis.UnresolvedSubqueryColumnAliases",
          "analysis.UnresolvedTVFAliases",
          "analysis.UnresolvedTableValuedFunction",
          "expressions.PipeOperator",
          "plans.logical.Aggregate",
          "plans.logical.Deduplicate",
          "plans.logical.Distinct",
          "plans.logical.Except",
          "plans.logical.Filter",
          "plans.logical.Generate",
          "plans.logical.GlobalLimit",
          "plans.logical.Intersect",
          "plans.logical.Join",
          "plans.logical.LateralJoin",
          "plans.logical.LocalLimit",
          "plans.logical.LocalRelation",
          "plans.logical.Offset",
          "plans.logical.OneRowRelation",
          "plans.logical.Pivot",
          "plans.logical.Project",
          "plans.logical.Sample",
          "plans.logical.Sort",
          "plans.logical.SubqueryAlias",
          "plans.logical.Union",
          "plans.logical.UnresolvedHint",
          "plans.logical.UnresolvedWith",
          "plans.logical.Unpivot",
          "plans.logical.Window",
          "plans.logical.WithWindowDefinition");

  /** Expressions of a query that are not in {@code catalyst.expressions}. */
  private static final Set<String> UNRESOLVED =
      Set.of(
          "analysis.MultiAlias",
          "analysis.UnresolvedAlias",
          "analysis.UnresolvedAttribute",
          "analysis.UnresolvedExtractValue",
          "analysis.UnresolvedFunction",
          "analysis.UnresolvedGenerator",
          "analysis.UnresolvedOrdinal",
          "analysis.UnresolvedRegex",
          "analysis.UnresolvedStar",
          "analysis.UnresolvedStarExcept",
          "analysis.UnresolvedStarExceptOrReplace");

  private final Set<String> tables;

  private QueryCheck(Set<String> tables) {
    this.tables = tables;
  }

  /**
   * Checks a text.
   *
   * @param tables names of the views that it may read
   * @throws DealImpactException if it is no query, or one that may not run
   */
  static void requireReading(SparkSession spark, String sql, Set<String> tables) {
    LogicalPlan plan;
    try {
      plan = spark.sessionState().sqlParser().parsePlan(sql);
    } catch (ParseException error) {
      throw Failures.badQuery(Failures.firstLine(error), error);
    }
    new QueryCheck(tables).check(plan, Set.of());
  }

  /**
   * Checks whatever a plan is made of.
   *
   * @param names of the WITH clauses around it
   */
  private void check(Object part, Set<String> names) {
    if (part instanceof LogicalPlan plan) {
      requirePlan(plan, names);
    } else if (part instanceof Expression expression) {
      requireExpression(expression);
    }
    if (part instanceof UnresolvedWith with) {
      checkWith(with, names);
    } else if (part instanceof scala.collection.Iterable<?> parts) {
      checkAll(parts.iterator(), names);
    } else if (part instanceof Product parts) {
      checkAll(parts.productIterator(), names);
    }
  }

  private void checkAll(Iterator<?> parts, Set<String> names) {
    while (parts.hasNext()) {
      check(parts.next(), names);
    }
  }

  private void checkWith(UnresolvedWith with, Set<String> names) {
    Set<String> inside = new HashSet<>(names);
    for (Object inner : CollectionConverters.asJava(with.innerChildren())) {
      if (!(inner instanceof SubqueryAlias named)) {
        throw Failures.queryRefused("its WITH clause is of a kind that is not known");
      }
      // A recursive one may name itself.
      inside.add(lower(named.alias()));
      check(named, inside);
    }
    check(with.child(), inside);
  }

  private void requirePlan(LogicalPlan plan, Set<String> names) {
    if (!PLANS.contains(kind(plan))) {
      throw Failures.queryWrites(plan.getClass().getSimpleName());
    }
    if (plan instanceof UnresolvedRelation relation) {
      List<String> parts = CollectionConverters.asJava(relation.multipartIdentifier());
      String name = String.join(".", parts);
      boolean known = parts.size() == 1 && (tables.contains(name) || names.contains(lower(name)));
      if (!known) {
        throw Failures.unknownTable(name, tables);
      }
      if (relation.isStreaming()) {
        throw Failures.queryRefused("it reads a table as a stream");
      }
    } else if (plan instanceof UnresolvedTableValuedFunction function) {
      requireFunction(CollectionConverters.asJava(function.name()));
    }
  }

  private static void requireExpression(Expression expression) {
    String kind = kind(expression);
    if (!kind.matches("expressions\\.(aggregate\\.)?\\w+") && !UNRESOLVED.contains(kind)) {
      throw Failures.queryRefused(
          "it has an expression of kind " + expression.getClass().getSimpleName());
    }
    if (expression instanceof UnresolvedFunction function) {
      requireFunction(CollectionConverters.asJava(function.nameParts()));
    } else if (expression instanceof UnresolvedGenerator generator) {
      requireFunction(List.of(generator.name().unquotedString()));
    }
  }

  private static void requireFunction(List<String> name) {
    if (name.size() != 1 || !SqlFunctions.isAllowed(name.get(0))) {
      throw Failures.queryRefused(
          "it calls the function " + String.join(".", name) + ", which is not allowed");
    }
  }

  /** The class's name within Catalyst; the whole name of a class from elsewhere. */
  private static String kind(Object node) {
    String name = node.getClass().getName().replaceFirst("\\$$", "");
    return name.startsWith(CATALYST) ? name.substring(CATALYST.length()) : name;
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
