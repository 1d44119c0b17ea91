using System.Text.Json;
using AeVae.Tracking.Sweeps;
using Microsoft.Data.Sqlite;

namespace AeVae.Tracking;

/// <summary>Finds the runs that people mean by <c>@last</c>, <c>k3f9</c>, <c>vae-lr1e-4</c> and the like.</summary>
sealed class RunSelector(SqliteConnection connection, IReadOnlyDictionary<string, MetricDefinitionRecord> definitions)
{
    const int ShortestPrefix = 4;
    const int NamedAtMost = 5;

    /// <summary>Stands before conditions.</summary>
    public const string Where = "where:";

    public IReadOnlyList<string> Resolve(string selector)
    {
        if (selector.StartsWith("@best:", StringComparison.Ordinal))
            return [Best(selector, selector["@best:".Length..])];
        if (selector.StartsWith("tag:", StringComparison.Ordinal))
            return connection.Texts(Sql.OfTag, ("$tag", selector["tag:".Length..])) is { Count: > 0 } tagged ? tagged : throw NotFound(selector);
        if (selector.StartsWith(Where, StringComparison.Ordinal))
            return OfConditions(selector, selector[Where.Length..]);
        if (selector.StartsWith("sweep:", StringComparison.Ordinal))
            return OfSweep(selector["sweep:".Length..]);
        if (selector.StartsWith('@'))
            return [Nth(selector)];
        if (connection.Texts(Sql.NewestOfName, ("$name", selector)) is [var ofName])
            return [ofName];
        if (connection.Texts(Sql.NewestOfFile, ("$file", SelectorText.StoredPath(selector))) is [var ofFile])
            return [ofFile];
        return [OfId(selector)];
    }

    List<string> OfConditions(string selector, string conditions) =>
        new RunList(connection, definitions).Read(new RunFilter { Limit = null, Where = conditions }) is { Count: > 0 } runs ? runs.ConvertAll(run => run.Id)
        : throw new NoSuchRunException($"'{selector}': no run is like that. `runner list` shows the runs that there are in {connection.DataSource}.");

    List<string> OfSweep(string sweep)
    {
        string id = new SweepSelector(connection).Resolve(sweep, withRuns: true);
        return connection.Texts(Sql.RunsOfSweep, ("$sweep_id", id)) is { Count: > 0 } runs ? runs : throw new NoSuchRunException($"Sweep {id} has no run yet. `runner sweep --resume {id}` begins its trials, `runner sweep status {id}` shows them.");
    }

    string Best(string selector, string metricText)
    {
        if (MetricKey.Parse(metricText) is not { } metric || !definitions.TryGetValue(metric.Name, out MetricDefinitionRecord? definition))
            throw new NoSuchRunException($"'{selector}': {MetricKey.Unknown(metricText, definitions.Keys)}");
        if (definition.Goal == "none")
            throw new NoSuchRunException($"'{selector}': neither a low nor a high {metric.Name} is the better one, so no run is the best.");
        if (metric.Name == "loss" && (long)connection.Scalar(Sql.Objectives, ("$split", metric.Split), ("$keys", JsonSerializer.Serialize(LossKeys.Of(metric.Split))))! > 1)
            throw new NoSuchRunException($"'{selector}': the runs minimise different losses, or on different images, so the lowest is not the best. On the same images bce and mse mean the same in all: @best:{metricText.Replace("loss", "bce", StringComparison.Ordinal)}");
        int direction = definition.Goal == "lower" ? 1 : -1;
        return connection.Texts(Sql.Best, ("$split", metric.Split), ("$name", metric.Name), ("$direction", direction)) is [var best]
            ? best
            : throw new NoSuchRunException($"'{selector}': no run has a value of {metricText}.");
    }

    string Nth(string selector)
    {
        int number = SelectorText.Nth(selector) ?? throw new NoSuchRunException($"'{selector}' is no selector. Write @last, @1 (newest), @2 …, or @best:METRIC.");
        return connection.Texts(Sql.NthNewest, ("$offset", number - 1)) is [var id] ? id : throw new NoSuchRunException($"'{selector}': there are not that many runs. `runner list` shows them.");
    }

    string OfId(string selector)
    {
        List<string> found = selector.Length >= ShortestPrefix ? connection.Texts(Sql.OfPrefix, ("$prefix", selector)) : [];
        if (found.Count == 0 && selector.Length == RunId.EndingLength)
            found = connection.Texts(Sql.OfEnding, ("$ending", selector));
        return found switch
        {
            [var id] => id,
            [] => throw NotFound(selector),
            _ => throw new NoSuchRunException($"'{selector}' means {found.Count} runs: {Some(found)}. Write more of the id, or its last four characters."),
        };
    }

    NoSuchRunException NotFound(string selector)
    {
        if (selector.Length >= ShortestPrefix && connection.Texts(Sql.SweepsLike, ("$text", selector)) is [var sweep])
            return new NoSuchRunException($"There is no run '{selector}', but a sweep: sweep:{sweep} means its runs.");
        List<string> near = [.. connection.Texts(Sql.NamesAndTags).Concat(connection.Texts(Sql.NewestIds))
            .Select(candidate => (Text: candidate, Distance: Math.Min(NearestName.Edits(selector, candidate), NearestName.Edits(selector, candidate[(candidate.IndexOf(':', StringComparison.Ordinal) + 1)..]))))    // whether or not its kind stands before it
            .Where(candidate => candidate.Distance <= 1 + (selector.Length / 4) || (selector.Length > 1 && candidate.Text.Contains(selector, StringComparison.OrdinalIgnoreCase)))
            .OrderBy(candidate => candidate.Distance)
            .Select(candidate => candidate.Text)];
        string hint = near.Count == 0 ? $"`runner list` shows the runs that there are in {connection.DataSource}." : $"Did you mean {Some(near)}? `runner list` shows all in {connection.DataSource}.";
        return new NoSuchRunException($"There is no run '{selector}'. {hint}");
    }

    static string Some(List<string> texts) => string.Join(", ", texts.Take(NamedAtMost)) + (texts.Count > NamedAtMost ? " …" : "");
}
