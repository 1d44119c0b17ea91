using Microsoft.Data.Sqlite;

namespace AeVae.Tracking.Sweeps;

/// <summary>Finds the sweep that a person means.</summary>
sealed class SweepSelector(SqliteConnection connection)
{
    const int ShortestPrefix = 4;
    const string Prefix = "sweep:";

    /// <summary>The id of the one sweep.</summary>
    /// <param name="selector">Its id or a part of it, <c>@last</c>, <c>@2</c>, or its name or file: the newest of them.</param>
    /// <param name="withRuns">By a name or file, one that has runs comes before a newer one that has none.</param>
    /// <exception cref="NoSuchRunException">There is none, or several.</exception>
    public string Resolve(string selector, bool withRuns = false)
    {
        if (selector.StartsWith(Prefix, StringComparison.Ordinal))
            selector = selector[Prefix.Length..];     // as among selectors of runs
        List<string> found = !selector.StartsWith('@') ? connection.Texts(Sql.SweepsOf, ("$text", SelectorText.StoredPath(selector)), ("$with_runs", withRuns))
            : SelectorText.Nth(selector) is { } number ? connection.Texts(Sql.NthNewestSweep, ("$offset", number - 1)) : [];
        if (found.Count == 0 && selector.Length >= ShortestPrefix)
            found = connection.Texts(Sql.SweepsLike, ("$text", selector));
        return found switch
        {
            [var id] => id,
            [] => throw new NoSuchRunException($"There is no sweep '{selector}'. {There()}"),
            _ => throw new NoSuchRunException($"'{selector}' means {found.Count} sweeps: {string.Join(", ", found)}. Write more of the id."),
        };
    }

    string There() => new SweepTables(connection).List() is { Count: > 0 } sweeps
        ? $"In {connection.DataSource} there are {string.Join(", ", sweeps.Take(5).Select(sweep => $"{sweep.Id} ({sweep.Name})"))}{(sweeps.Count > 5 ? " …" : "")}."
        : $"{connection.DataSource} holds none yet.";
}
