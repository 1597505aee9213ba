# Shared by the launchers of this folder; sourced, not run. A launcher sets `command`, its name, first.
#
# Gives: root (README, data-samples, notebooks), jobs (bin, conf, docs), target (what was built), java, jar, and release=yes when
# unpacked from a release archive. The jar is the one of the version that is there: the pom's in a source
# tree, where it is built when it is missing or older than its sources; the one in lib/ of a release, where
# nothing is ever built.

jobs=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
# The exit codes are the program's: jobs/docs/operations.md.
exit_usage=2 exit_configuration=10

# Tables fit the terminal; what goes to a file or a program has no width.
unset COLUMNS
if [ -t 1 ] && terminal=$(stty size <&1 2>/dev/null); then
  export COLUMNS=${terminal##* }
fi

fail() { # fail STATUS MESSAGE
  echo "$command: $2" >&2
  exit "$1"
}

pom_version() { # the project's own, not a dependency's
  sed -n '/<artifactId>deal-impact-parent<\/artifactId>/,/<\/version>/s|.*<version>\(.*\)</version>.*|\1|p' "$root/pom.xml" | head -n 1
}

# What a build was made for, as far as there is one: spark_version, delta_version, scala_version.
read_built() {
  # shellcheck source=/dev/null
  [ ! -f "$target/release" ] || . "$target/release"
}

if [ -f "$jobs/lib/release" ]; then
  release=yes root=$jobs
  # shellcheck source=/dev/null
  . "$jobs/lib/release"
  jar=$jobs/lib/deal-impact-$version.jar delta=$jobs/lib/delta
else
  release= root=$(dirname "$jobs")
  # The Spark to build for, if not the pom's: each has a folder of what is built.
  spark=${DEAL_IMPACT_SPARK:-}
  ! grep -q "<spark.binary>$spark</spark.binary>" <(head -n 60 "$root/pom.xml") || spark=
  target=$jobs/target${spark:+-spark-$spark}
  read_built
  version=$(pom_version)
  jar=$target/deal-impact-$version.jar delta=$target/delta
fi

# Builds the project when a part is missing or older than its sources. build_if_stale [PATH]: a part
# besides the jar and the class path.
build_if_stale() {
  [ -z "$release" ] || return 0
  if [ ! -f "$jar" ] || [ ! -s "$target/classpath.txt" ] || [ ! -e "${1:-$jar}" ] ||
    [ -n "$(find "$jobs/src/main" "$jobs/pom.xml" "$root/pom.xml" -newer "$jar" -print -quit)" ]; then
    echo "$command: building (once; the first time this fetches Spark and Delta)" >&2
    # Maven writes to standard output, which is for results.
    mvn -q -B -f "$root/pom.xml" package -Dmaven.test.skip=true ${spark:+-Dspark=$spark} >&2
    read_built
  fi
}

# Sets spark_home, or ends with what is missing.
require_spark_home() {
  spark_home=${SPARK_HOME:-}
  [ -n "$spark_home" ] || fail $exit_configuration \
    "SPARK_HOME is not set. A release holds no Spark: it runs on yours. Set SPARK_HOME to the folder of a Spark ${spark_version%.*} for Scala $scala_version."
  [ -x "$spark_home/bin/spark-submit" ] || fail $exit_configuration \
    "SPARK_HOME is '$spark_home', which has no bin/spark-submit. Set it to the folder of a Spark ${spark_version%.*} for Scala $scala_version."
}

# Sets delta_options, an array of spark-submit options that bring Delta Lake to the Spark of spark_home:
# none where it is installed already, else the jars that the build or the release has.
find_delta() {
  local core built_for=${spark_version%.*}
  core=$(compgen -G "$spark_home/jars/spark-core_*.jar" | head -n 1 || true)
  core=${core##*/}
  case $core in
    '' | spark-core_"$scala_version-$built_for".*) ;; # Where Spark's jars are elsewhere, Spark will say.
    *) fail $exit_configuration "SPARK_HOME has $core, and this Deal Impact $version was built for Spark $built_for and Scala $scala_version. Take the one that was built for your Spark (mvn package -Dspark=4.0, 4.1 or 4.2)." ;;
  esac
  delta_options=()
  compgen -G "$spark_home/jars/delta-spark*.jar" >/dev/null || delta_options=(--jars "$(delta_jars ,)")
}

delta_jars() { # delta_jars SEPARATOR
  printf '%s\n' "$delta"/*.jar | paste -s -d "$1" -
}

# Spark on this machine alone, for small data, without the page that would show each query's plan in full.
# Tasks keep arrays and states that Spark does not count, so it has less of the heap than by default for what it counts.
# DEAL_IMPACT_SPARK_OPTS comes after and wins.
# The folder of the catalogue, which is empty, is each user's own: no user can write into another's.
embedded_spark=(
  -Dspark.master='local[*]'
  -Dspark.ui.enabled=false
  -Dspark.memory.fraction=0.45
  -Dspark.databricks.delta.snapshotPartitions=1
  -Dspark.sql.codegen.cache.maxEntries=2000
  -Dspark.sql.ui.explainMode=simple
  -Dspark.driver.bindAddress=127.0.0.1
  -Dspark.driver.host=127.0.0.1
  "-Dspark.sql.warehouse.dir=${TMPDIR:-/tmp}/deal-impact-warehouse-$UID"
)
