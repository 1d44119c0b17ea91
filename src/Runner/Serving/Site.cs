using System.Collections.Specialized;
using System.Net;
using System.Web;
using AeVae.Reports;
using AeVae.Reports.Comparisons;
using AeVae.Reports.Html;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;

namespace AeVae.Runner.Serving;

/// <summary>The pages of a results file: <c>/</c> lists runs, <c>/run/ID</c> and <c>/sweep/ID</c> are reports, <c>/compare?run=ID&amp;run=ID</c> sets runs beside each other.</summary>
/// <param name="databasePath">The results file; it is read anew for every page.</param>
sealed class Site(string databasePath)
{
    const int ShownRuns = 200;
    const int SecondsBetweenLooks = 10;

    /// <summary>The page at an address.</summary>
    public WebPage Answer(Uri address)
    {
        NameValueCollection query = HttpUtility.ParseQueryString(address.Query);
        try
        {
            using RunQueries queries = RunQueries.Open(databasePath);
            return address.AbsolutePath.Split('/') switch
            {
                ["", ""] => Found(RunListPage.Write(queries, Filter(query), Path.GetFileName(databasePath))),
                ["", "run", { Length: > 0 } id] => Run(queries, id),
                ["", "sweep", { Length: > 0 } id] => Sweep(queries, id),
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
            return WebPage.Refuse(HttpStatusCode.BadRequest, "No such column", unknown.Message);
        }
        catch (StorageException unreadable)
        {
            return WebPage.Refuse(HttpStatusCode.ServiceUnavailable, "The results cannot be read", unreadable.Message);
        }
    }

    static RunFilter Filter(NameValueCollection query) => new()
    {
        Limit = query["all"] is null ? ShownRuns : null,
        Name = NotEmpty(query["name"]),
        Tag = NotEmpty(query["tag"]),
        Status = Enum.TryParse(query["status"], ignoreCase: true, out RunStatus status) && Enum.IsDefined(status) ? status : null,
        Sort = NotEmpty(query["sort"]),
        Columns = NotEmpty(query["columns"]) is { } columns ? columns.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct().ToArray() : RunListPage.DefaultColumns,
    };

    static WebPage Run(RunQueries queries, string id)
    {
        string runId = queries.Get(id).Run.Id;
        return Report(RunReport.Html(queries, runId), queries.Get(runId).Run.Status == RunStatus.Running);
    }

    static WebPage Sweep(RunQueries queries, string id)
    {
        SweepDetail sweep = queries.GetSweep(id);
        string[] runs = [.. sweep.Trials.Select(trial => trial.RunId).OfType<string>()];
        return runs.Length == 0
            ? WebPage.Refuse(HttpStatusCode.NotFound, "Nothing to report yet", $"No trial of sweep {sweep.Sweep.Id} has begun.")
            : Report(ComparisonReport.Html(queries, runs, new ComparisonOptions { Sweep = sweep }), sweep.Trials.Any(trial => trial.Status == RunStatus.Running));
    }

    static WebPage Compare(RunQueries queries, NameValueCollection query)
    {
        string[] runs = [.. (query.GetValues("run") ?? []).Distinct()];
        return runs switch
        {
            [] => WebPage.Refuse(HttpStatusCode.BadRequest, "Nothing to compare", "Tick two runs or more in the list."),
            [var one] => Run(queries, one),
            _ => Report(ComparisonReport.Html(queries, runs, new ComparisonOptions { Metric = NotEmpty(query["metric"]) }), runs.Any(run => queries.Get(run).Run.Status == RunStatus.Running)),
        };
    }

    static WebPage Found(string html) => new(HttpStatusCode.OK, html);

    /// <summary>A report, with the way back; while something is trained the browser looks again by itself.</summary>
    static WebPage Report(string html, bool isLive) => Found(html
        .Replace("<body>\n", $"<body>\n<p class=\"home\"><a href=\"/\">← All runs</a>{(isLive ? " · being trained, shown anew every ten seconds" : "")}</p>\n", StringComparison.Ordinal)
        .Replace("<title>", $"{(isLive ? $"<meta http-equiv=\"refresh\" content=\"{SecondsBetweenLooks}\"/>\n" : "")}<title>", StringComparison.Ordinal));

    static string? NotEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
