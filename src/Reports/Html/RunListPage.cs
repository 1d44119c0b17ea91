using System.Globalization;
using System.Net;
using System.Text;
using AeVae.Tracking;
using AeVae.Tracking.Sweeps;

namespace AeVae.Reports.Html;

/// <summary>The list of runs as a page: to filter, to sort, and to choose some of them for a comparison.</summary>
/// <remarks>A script fetches the page again and shows what has changed, every five seconds while a run is trained; everything else works without.</remarks>
public static class RunListPage
{
    const int ShownSweeps = 20;

    const string Script = """
        let shown = document.getElementById('live').innerHTML;
        const look = async () => {
          if (!document.hidden) try {
            const answer = await fetch(location.href), page = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('live');
            if (page.innerHTML !== shown) {
              const live = document.getElementById('live'), focused = document.activeElement?.value, scrolled = live.querySelector('.scroll')?.scrollLeft;
              shown = page.innerHTML;
              for (const box of live.querySelectorAll('input:checked')) { const same = page.querySelector('input[value="' + box.value + '"]'); if (same) same.checked = true; }
              live.replaceWith(page);
              if (scrolled) page.querySelector('.scroll').scrollLeft = scrolled;
              if (focused) page.querySelector('input[value="' + focused + '"]')?.focus();
            }
            document.body.classList.remove('stale');
          } catch { document.body.classList.add('stale'); }
          setTimeout(look, document.querySelector('#live progress') ? 5000 : 20000);
        };
        setTimeout(look, 5000);
        """;

    /// <summary>The page.</summary>
    /// <param name="queries">The results file.</param>
    /// <param name="filter">Which runs, in which order, with which columns; none for <see cref="UsualColumns"/>.</param>
    /// <param name="file">What the results file is called.</param>
    /// <exception cref="UnknownNameException">A column or the order is none of any run, or a condition is none.</exception>
    public static string Write(RunQueries queries, RunFilter filter, string file)
    {
        ArgumentNullException.ThrowIfNull(queries);
        ArgumentNullException.ThrowIfNull(filter);
        RunFilter shown = filter.Columns.Count > 0 ? filter : filter with { Columns = UsualColumns.Of(queries, filter) };
        IReadOnlyList<RunSummary> runs = queries.List(shown);
        StringBuilder body = new(filter.Of is { } of ? $"<p class=\"home\"><a href=\"/\">← All runs</a></p>\n<h1>Runs of {Text(of)} <small>{Text(file)}</small></h1>\n" : $"<h1>Runs <small>{Text(file)}</small></h1>\n");
        AppendFilter(body, filter, shown.Columns);
        IReadOnlyList<SweepSummary> sweeps = filter.Of is null ? queries.ListSweeps() : [];
        body.Append("<main id=\"live\">\n");
        if (sweeps.Count > 0)
            body.Append(CultureInfo.InvariantCulture, $"<p class=\"home\"><a href=\"#sweeps\">{Counted.Of(sweeps.Count, "sweep")} ↓</a></p>\n");
        AppendRuns(body, runs, filter, shown.Columns, queries.Count(filter));
        if (queries.SortsUnlikeLosses(filter))
            body.Append("<p class=\"note\">These runs minimise different losses, or on different images: their order by the loss tells nothing. bce and mse have one unit in all of them, and only on the same images.</p>\n");
        if (sweeps.Count > 0)
            AppendSweeps(body, sweeps);
        body.Append("</main>\n<script>").Append(Script).Append("</script>");
        return HtmlPage.Document($"Runs of {Text(file)}", "", body.ToString(), Script, "list");
    }

    /// <summary>A page that says why there is no other.</summary>
    /// <param name="title">In a word.</param>
    /// <param name="message">Why, and what to do.</param>
    public static string Refusal(string title, string message) =>
        HtmlPage.Document(Text(title), "", $"<h1>{Text(title)}</h1>\n<p>{Text(message)}</p>\n<p><a href=\"/\">All runs</a></p>", script: null, "list");

    static void AppendFilter(StringBuilder body, RunFilter filter, IReadOnlyList<string> usual)
    {
        string Field(string label, string name, string? value, string hint) => $"<label>{label} <input name=\"{name}\" value=\"{Text(value ?? "")}\" placeholder=\"{Text(hint)}\"/></label>\n";
        body.Append("<form class=\"filter\" action=\"/\">\n")
            .Append(Field("name", "name", filter.Name, "vae-2d"))
            .Append(Field("tag", "tag", filter.Tag, "paper"))
            .Append("<label>status <select name=\"status\"><option value=\"\">any</option>");
        foreach (RunStatus status in Enum.GetValues<RunStatus>())
            body.Append(CultureInfo.InvariantCulture, $"<option{(filter.Status == status ? " selected=\"selected\"" : "")}>{status.Word()}</option>");
        body.Append("</select></label>\n")
            .Append(Field("where", "where", filter.Where, "val.loss<110 and learning_rate<=1e-3"))
            .Append(Field("columns", "columns", string.Join(',', filter.Columns), string.Join(',', usual)))
            .Append(filter.Of is { } of ? $"<input type=\"hidden\" name=\"runs\" value=\"{Text(of)}\"/>\n" : "")
            .Append(filter.Sort is { } sort ? $"<input type=\"hidden\" name=\"sort\" value=\"{Text(sort)}\"/>\n" : "")
            .Append(filter.Limit is null ? "<input type=\"hidden\" name=\"all\" value=\"1\"/>\n" : "")
            .Append("<button>Show</button>\n</form>\n");
    }

    static void AppendRuns(StringBuilder body, IReadOnlyList<RunSummary> runs, RunFilter filter, IReadOnlyList<string> asked, int every)
    {
        string[] columns = [.. asked.Except(["name", "status", "epochs", "seed", "started", "tags"])];   // they are there anyway
        if (runs.Count == 0)
        {
            body.Append(filter is { RunIds: null, Name: null, Tag: null, Status: null, Where: null } ? "<p>Nothing was run yet.</p>\n" : "<p>No run is like that. <a href=\"/\">All runs</a></p>\n");
            return;
        }

        body.Append("<form action=\"/compare\">\n<div class=\"scroll\"><table>\n<thead><tr><th></th><th>run</th><th>status</th><th class=\"number\">epochs</th>");
        foreach (string column in columns)
            body.Append(CultureInfo.InvariantCulture, $"<th class=\"number\">{SortLink(filter, column)}</th>");
        body.Append(CultureInfo.InvariantCulture, $"<th class=\"number\">seed</th><th>verified</th><th>{SortLink(filter, "started")}, UTC</th></tr></thead>\n<tbody>\n");
        foreach (RunSummary run in runs)
            AppendRun(body, run, columns);
        body.Append("</tbody></table></div>\n<p class=\"action\"><button>Compare</button> the runs that are ticked.");
        if (every > runs.Count)
            body.Append(CultureInfo.InvariantCulture, $" {Numbers.Count(runs.Count)} of {Numbers.Count(every)} runs are shown: <a href=\"{Text(Address(filter with { Limit = null }, filter.Sort))}\">all</a>.");
        body.Append("</p>\n</form>\n");
    }

    static void AppendRun(StringBuilder body, RunSummary run, IReadOnlyList<string> columns)
    {
        string tags = string.Concat(run.Tags.Select(tag => $" <span class=\"tag\">{Text(tag)}</span>"));
        body.Append(CultureInfo.InvariantCulture, $"<tr><td><input type=\"checkbox\" name=\"run\" value=\"{run.Id}\" aria-label=\"compare {run.Id}\"/></td>")
            .Append(CultureInfo.InvariantCulture, $"<td><a href=\"/run/{run.Id}\" title=\"{Text(run.Name)}\">{Text(run.Name)}</a> <small>{run.Id[^RunId.EndingLength..]}</small>{tags}</td>")
            .Append(CultureInfo.InvariantCulture, $"<td class=\"{run.Status.Word()}\"{(run.Reason is { } reason ? $" title=\"{Text(reason)}\"" : "")}>{run.Status.Word()}</td>")
            .Append(CultureInfo.InvariantCulture, $"<td class=\"number\">{Epochs(run)}</td>");
        foreach (string column in columns)
            body.Append(CultureInfo.InvariantCulture, $"<td class=\"number\">{Text(Value(run, column))}</td>");
        body.Append(CultureInfo.InvariantCulture, $"<td class=\"number\">{run.Seed}</td><td>{Verified(run)}</td><td>{Time(run.StartedAt)}</td></tr>\n");
    }

    static void AppendSweeps(StringBuilder body, IReadOnlyList<SweepSummary> sweeps)
    {
        body.Append("<h2 id=\"sweeps\">Sweeps</h2>\n<div class=\"scroll\"><table>\n<thead><tr><th>sweep</th><th>metric</th><th class=\"number\">trials done</th><th>begun, UTC</th></tr></thead>\n<tbody>\n");
        foreach (SweepSummary sweep in sweeps.Take(ShownSweeps))
        {
            body.Append(CultureInfo.InvariantCulture, $"<tr><td><a href=\"/sweep/{sweep.Id}\">{Text(sweep.Name)}</a> <small>{sweep.Id[^RunId.EndingLength..]}</small></td><td>{Text(sweep.Metric)}</td>")
                .Append(CultureInfo.InvariantCulture, $"<td class=\"number\">{sweep.Done} of {sweep.Trials}</td><td>{Time(sweep.CreatedAt)}</td></tr>\n");
        }

        body.Append("</tbody></table></div>\n");
        if (sweeps.Count > ShownSweeps)
            body.Append(CultureInfo.InvariantCulture, $"<p>The newest {ShownSweeps} of {sweeps.Count}.</p>\n");
    }

    // A second click turns the order round.
    static string SortLink(RunFilter filter, string column)
    {
        bool rises = filter.Sort == column, falls = filter.Sort == "-" + column;
        return $"<a href=\"{Text(Address(filter, rises ? "-" + column : column))}\">{Text(column)}</a>{(rises ? " ↑" : falls ? " ↓" : "")}";
    }

    static string Address(RunFilter filter, string? sort) => "/?" + string.Join('&', new (string Name, string? Value)[]
    {
        ("runs", filter.Of),
        ("name", filter.Name),
        ("tag", filter.Tag),
        ("status", filter.Status?.Word()),
        ("where", filter.Where),
        ("columns", filter.Columns.Count == 0 ? null : string.Join(',', filter.Columns)),
        ("sort", sort),
        ("all", filter.Limit is null ? "1" : null),
    }.Where(part => part.Value is not null).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}"));

    static string Epochs(RunSummary run) => run.Status == RunStatus.Running
        ? string.Create(CultureInfo.InvariantCulture, $"<progress max=\"{run.EpochsPlanned}\" value=\"{run.EpochsDone}\"></progress> {run.EpochsDone}/{run.EpochsPlanned}")
        : run.EpochsDone == run.EpochsPlanned ? run.EpochsDone.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{run.EpochsDone}/{run.EpochsPlanned}");

    static string Verified(RunSummary run) => run switch
    {
        { Verification: Verdict.Mismatch } => "<span class=\"failed\">mismatch</span>",
        { Verification: Verdict.Verified } => run.EpochsVerified >= run.EpochsDone ? "all" : string.Create(CultureInfo.InvariantCulture, $"{run.EpochsVerified}/{run.EpochsDone}"),
        _ => "",
    };

    static string Value(RunSummary run, string column) =>
        run.Number(column) is { } number ? Numbers.Metric(number) : run.Parameters.GetValueOrDefault(column) ?? "";

    static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    static string Text(string text) => WebUtility.HtmlEncode(text);
}
