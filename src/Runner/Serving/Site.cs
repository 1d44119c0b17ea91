using System.Collections.Specialized;
using System.Net;
using System.Web;
using AeVae.Reports;
using AeVae.Reports.Comparisons;
using AeVae.Reports.Html;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;

namespace AeVae.Runner.Serving;

/// <summary>The pages of a results file: <c>/</c> lists runs, <c>/?runs=sweep:ID</c> those of a selector, <c>/run/RUN</c> and <c>/sweep/SWEEP</c> are reports of what a selector means, <c>/compare?run=ID&amp;run=ID</c> sets runs beside each other.</summary>
/// <param name="databasePath">The results file; it is read anew for every page.</param>
sealed class Site(string databasePath)
{
    const int ShownRuns = 200;
    const int SecondsBetweenLooks = 10;

    /// <summary>The page at an address.</summary>
    public WebPage Answer(Uri address)
    {
        if (address.AbsolutePath == "/favicon.ico") return WebPage.Refuse(HttpStatusCode.NotFound, "No picture", "Tabs have none.");   // asked for beside every page
        NameValueCollection query = HttpUtility.ParseQueryString(address.Query);
        try
        {
            using RunQueries queries = RunQueries.Open(databasePath);
            return address.AbsolutePath.Split('/') switch
            {
                ["", ""] => Found(RunListPage.Write(queries, Filter(queries, query), Path.GetFileName(databasePath))),
                ["", "run", { Length: > 0 } selector] => Run(queries, Uri.UnescapeDataString(selector)),
                ["", "sweep", { Length: > 0 } selector] => Sweep(queries, Uri.UnescapeDataString(selector)),
                ["", "compare"] => Compare(queries, query),
                _ => WebPage.Refuse(HttpStatusCode.NotFound, "No such page", $"There is nothing at {address.AbsolutePath}."),
            };
        }
        catch (NoSuchRunException none)
        {
            return WebPage.Refuse(HttpStatusCode.NotFound, "No such run", none.Message);
        }
        catch (UnknownNameException unknown)
        {
            return WebPage.Refuse(HttpStatusCode.BadRequest, "Not understood", unknown.Message);
        }
        catch (StorageException unreadable)
        {
            return WebPage.Refuse(HttpStatusCode.ServiceUnavailable, "The results cannot be read", unreadable.Message);
        }
    }

    static RunFilter Filter(RunQueries queries, NameValueCollection query) => new()
    {
        Of = NotEmpty(query["runs"]),
        RunIds = NotEmpty(query["runs"]) is { } selector ? queries.Resolve(selector) : null,
        Limit = query["all"] is null ? ShownRuns : null,
        Name = NotEmpty(query["name"]),
        Tag = NotEmpty(query["tag"]),
        Status = NotEmpty(query["status"]) is { } word ? Status(word) : null,
        Where = NotEmpty(query["where"]),
        Sort = NotEmpty(query["sort"]),
        Columns = NotEmpty(query["columns"])?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct().ToArray() ?? [],
    };

    static RunStatus Status(string word)
    {
        RunStatus[] known = Enum.GetValues<RunStatus>();
        return Array.FindIndex(known, status => status.Word() == word) is >= 0 and var found ? known[found]
            : throw new UnknownNameException($"no status is called '{word}': it is one of {string.Join(", ", known.Select(status => status.Word()))}");
    }

    static WebPage Run(RunQueries queries, string selector) => queries.Resolve(selector) switch
    {
        [var id] => Report(above => RunReport.Html(queries, id, above), queries.Get(id).Run.Status == RunStatus.Running,
            [.. queries.SweepsWith(id).Select(sweep => ($"/sweep/{sweep}", $"sweep {sweep[^RunId.EndingLength..]}"))]),
        var several => Compare(queries, several, new ComparisonOptions()),
    };

    static WebPage Sweep(RunQueries queries, string selector)
    {
        SweepDetail sweep = queries.GetSweep(selector, withRuns: true);
        string[] runs = [.. sweep.Trials.Select(trial => trial.RunId).OfType<string>()];
        return runs.Length == 0
            ? WebPage.Refuse(HttpStatusCode.NotFound, "Nothing to report yet", $"No trial of sweep {sweep.Sweep.Id} has begun.")
            : Compare(queries, runs, new ComparisonOptions { Sweep = sweep }, ($"/?runs=sweep:{sweep.Sweep.Id}", $"its {Counted.Of(runs.Length, "run")}"));
    }

    static WebPage Compare(RunQueries queries, NameValueCollection query) => (query.GetValues("run") ?? []).Distinct().ToArray() switch
    {
        [] => WebPage.Refuse(HttpStatusCode.BadRequest, "Nothing to compare", "Tick two runs or more in the list."),
        [var one] => Run(queries, one),
        var several => Compare(queries, several, new ComparisonOptions { Metric = NotEmpty(query["metric"]) }),
    };

    static WebPage Compare(RunQueries queries, IReadOnlyList<string> runs, ComparisonOptions options, params (string Address, string Text)[] links) =>
        Report(above => ComparisonReport.Html(queries, runs, options, above), runs.Any(run => queries.Get(run).Run.Status == RunStatus.Running), links);

    /// <summary>A report, with the way back; what is being trained is looked at again and again.</summary>
    static WebPage Report(Func<string, string> html, bool isLive, (string Address, string Text)[] links)
    {
        string live = isLive ? $" · being trained, shown anew every {SecondsBetweenLooks} seconds" : "";
        string more = string.Concat(links.Select(link => $" · <a href=\"{link.Address}\">{link.Text}</a>"));
        return Found(html($"<p class=\"home\"><a href=\"/\">← All runs</a>{more}{live}</p>\n")) with { RefreshSeconds = isLive ? SecondsBetweenLooks : null };
    }

    static WebPage Found(string html) => new(HttpStatusCode.OK, html);

    static string? NotEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
