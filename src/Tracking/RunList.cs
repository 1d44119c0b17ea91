using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace AeVae.Tracking;

/// <summary>Lists of runs by a filter. They read summaries only, however long the histories are.</summary>
sealed class RunList(SqliteConnection connection, IReadOnlyDictionary<string, MetricDefinitionRecord> definitions)
{
    /// <summary>The runs that a filter lets through, in its order, with its columns.</summary>
    /// <exception cref="UnknownNameException">A column is unknown, or a condition is none.</exception>
    public List<RunSummary> Read(RunFilter filter)
    {
        RunColumn[] columns = [.. filter.Columns.Select(Column)];
        return WithColumns(InOrder(filter), columns);
    }

    /// <summary>How many runs a filter lets through, whatever its limit.</summary>
    public int Count(RunFilter filter) =>
        filter.Where is null ? (int)(long)connection.Scalar(Sql.CountRuns, Conditions(filter))! : InOrder(filter with { Limit = null, Sort = null }).Count;

    List<RunSummary> InOrder(RunFilter filter)
    {
        if (filter.Where is null)
            return Sorted(filter, filter.Limit);
        (RunCondition Condition, RunColumn Column)[] conditions = [.. RunCondition.Parse(filter.Where).Select(condition => (condition, Column(condition.Column)))];
        if (conditions.FirstOrDefault(one => one.Condition.IsContains && one.Column.Metric is not null).Condition is { } wrong)
            throw new UnknownNameException($"'{wrong}': ~ looks into text, and {wrong.Column} is a number. Compare it with = < or >.");
        List<RunSummary> all = Sorted(filter, limit: null);
        HashSet<string> passing = [.. WithColumns(all, [.. conditions.Select(one => one.Column)])
            .Where(run => conditions.All(one => one.Condition.Holds(run.Number(one.Column.Text), run.Parameters.GetValueOrDefault(one.Column.Text))))
            .Select(run => run.Id)];
        return [.. all.Where(run => passing.Contains(run.Id)).Take(filter.Limit ?? int.MaxValue)];
    }

    List<RunSummary> Sorted(RunFilter filter, int? limit)
    {
        (string, object?)[] conditions = [.. Conditions(filter), ("$limit", limit ?? -1)];    // SQLite: a negative limit is none
        if (filter.Sort is null)
            return connection.Query(Sql.ListNewest, RunQueries.SummaryFromRow, conditions);

        RunColumn column = Column(filter.Sort.TrimStart('-'));
        (string, object?) direction = ("$direction", filter.Sort.StartsWith('-') ? -1 : 1);
        return column is { Metric: { } metric }
            ? connection.Query(column.IsBest ? Sql.ListByBest : Sql.ListByMetric, RunQueries.SummaryFromRow, [.. conditions, direction, ("$split", metric.Split), ("$key", metric.Name)])
            : connection.Query(IsOfRun(column) ? Sql.ListByRunColumn : Sql.ListByParameter, RunQueries.SummaryFromRow, [.. conditions, direction, ("$key", column.Key)]);
    }

    static (string, object?)[] Conditions(RunFilter filter) =>
        [("$only", filter.RunIds is { } ids ? JsonSerializer.Serialize(ids) : null), ("$name", filter.Name), ("$tag", filter.Tag), ("$status", filter.Status is { } status ? status.Word() : null), ("$verifications", filter.Verifications)];

    // train.learning_rate is both a key and a metric: the key is what is looked for, since the metric is that of the last step alone.
    RunColumn Column(string text)
    {
        if (RunColumn.OfRun.Contains(text) || IsKey(text))
            return new RunColumn(text, text);
        string name = RunColumn.WithoutBest(text);
        bool isBest = name != text;
        if (MetricKey.Parse(name) is { } metric && definitions.TryGetValue(metric.Name, out MetricDefinitionRecord? definition))
        {
            return !isBest || definition.Goal != "none" ? new RunColumn(text, name, metric, isBest)
                : throw new UnknownNameException($"'{text}': neither a low nor a high {metric.Name} is the better one, so none is the best.");
        }

        return ConfigKey.OnlyOne(text, connection.Texts(Sql.KeysEndingIn, ("$ending", $".{text}"))) is { } key ? new RunColumn(text, key) : throw Unknown(text);
    }

    bool IsKey(string text) => connection.Scalar(Sql.HasParameter, ("$key", text)) is not null;

    static bool IsOfRun(RunColumn column) => RunColumn.OfRun.Contains(column.Key);

    UnknownNameException Unknown(string text)
    {
        string[] metrics = [.. definitions.Keys.Order(StringComparer.Ordinal)];
        List<string> keys = connection.Texts(Sql.AllKeys);
        IEnumerable<string> all = [.. RunColumn.OfRun, .. keys, .. keys.Select(key => key[(key.LastIndexOf('.') + 1)..]), .. metrics.SelectMany(metric => (string[])[$"val.{metric}", $"train.{metric}", $"test.{metric}"])];
        return new UnknownNameException($"no run has a column '{text}'.{NearestName.Hint(text, all)} A column is a metric as train.NAME, val.NAME or test.NAME (NAME: {string.Join(", ", metrics)}), with best. before it for its best value; a key of the configuration such as train.learning_rate; or one of {string.Join(", ", RunColumn.OfRun)}");
    }

    // A column of all runs at a time: a statement for each run and column took most of the time of a long list.
    List<RunSummary> WithColumns(List<RunSummary> runs, RunColumn[] columns)
    {
        if (columns.Length == 0)
            return runs;
        var metrics = runs.ToDictionary(run => run.Id, _ => new Dictionary<string, MetricSummary>());
        var parameters = runs.ToDictionary(run => run.Id, _ => new Dictionary<string, string>());
        (string, object?) ids = ("$run_ids", $"[{string.Join(',', runs.Select(run => $"\"{JsonEncodedText.Encode(run.Id)}\""))}]");
        foreach (RunColumn column in columns)
        {
            if (column.Metric is { } metric)
            {
                foreach ((string runId, MetricSummary summary) in connection.Query(Sql.MetricSummaryOfRuns, row => (row.GetString(9), RunQueries.MetricFromRow(row)), ids, ("$split", metric.Split), ("$name", metric.Name)))
                    metrics[runId][column.Text] = summary;
            }
            else
            {
                foreach ((string runId, string value) in connection.Query(IsOfRun(column) ? Sql.RunColumnOfRuns : Sql.ParameterOfRuns, row => (row.GetString(0), row.GetString(1)), ids, ("$key", column.Key)))
                    parameters[runId][column.Text] = value;
            }
        }

        return runs.ConvertAll(run => run with { Metrics = metrics[run.Id], Parameters = parameters[run.Id] });
    }
}
