using System.CommandLine;
using AeVae.Reports;
using AeVae.Runner.Views;
using AeVae.Tracking;

namespace AeVae.Runner.Commands;

/// <summary><c>runner report RUN…</c>: writes the report of a stored run, of several beside each other or of a sweep, from the database alone.</summary>
static class ReportCommand
{
    /// <summary>The command.</summary>
    public static Command Create(GlobalOptions globals)
    {
        Argument<string[]> selectors = new("RUN") { Description = RunSelector.SeveralDescription, Arity = ArgumentArity.OneOrMore };
        Option<string?> output = GlobalOptions.NotEmpty(new("--output", "-o") { Description = "Folder to write to [default: reports/NAME-ID beside the database]", HelpName = "DIR" });
        Option<string> format = new("--format") { Description = "markdown: report.md and figures beside it; html: report.html alone, whole in one file; json: every number, to standard output or into DIR", DefaultValueFactory = _ => "markdown" };
        format.AcceptOnlyFromAmong("markdown", "html", "json");
        Option<bool> gif = new("--gif") { Description = "Animations as GIF, which mail programs and slides play, instead of animated PNG" };
        Command command = new("report", "Write the report of a run, a sweep or several runs beside each other: Markdown with figures, or one HTML file") { selectors, output, format, gif };
        command.SetAction(parsed => Report(globals.Read(parsed), parsed.GetRequiredValue(selectors), parsed.GetValue(output), Enum.Parse<ReportFormat>(parsed.GetValue(format)!, ignoreCase: true), parsed.GetValue(gif) ? AnimationFormat.Gif : AnimationFormat.Png));
        return command;
    }

    /// <summary>Writes the report of <paramref name="runId"/> into <paramref name="folder"/>, or into <c>reports/NAME-ID</c>.</summary>
    public static WrittenReport Write(Globals globals, string runId, string? folder, ReportFormat format = ReportFormat.Markdown, AnimationFormat animations = AnimationFormat.Png)
    {
        using RunQueries queries = RunQueries.Open(globals.DatabasePath);
        return Write(globals, runId, folder ?? DefaultFolder(globals, queries.Get(runId).Run), path => Write(queries, new SelectedRuns([runId], null), path, format, animations));
    }

    /// <summary>Writes the report of several runs into <paramref name="folder"/>, or into <c>reports/NAME-ID</c> of the sweep or of the first run.</summary>
    public static WrittenReport Write(Globals globals, SelectedRuns runs, string? folder, ReportFormat format = ReportFormat.Markdown)
    {
        using RunQueries queries = RunQueries.Open(globals.DatabasePath);
        string selector = runs.Sweep is { Sweep.Id: var id } ? $"sweep:{id}" : string.Join(' ', runs.Ids);
        return Write(globals, selector, folder ?? DefaultFolder(globals, queries, runs), path => Write(queries, runs, path, format, AnimationFormat.Png));
    }

    static ReportResult Write(RunQueries queries, SelectedRuns runs, string folder, ReportFormat format, AnimationFormat animations) => (format, runs) switch
    {
        (ReportFormat.Json, _) => ReportJson.Write(queries, runs, folder),
        (ReportFormat.Html, { IsOne: true }) => RunReport.WriteHtml(queries, runs.Ids[0], folder, animations),
        (ReportFormat.Html, _) => ComparisonReport.WriteHtml(queries, runs.Ids, runs.Sweep, folder),
        (_, { IsOne: true }) => RunReport.Write(queries, runs.Ids[0], folder, animations: animations),
        _ => ComparisonReport.Write(queries, runs.Ids, runs.Sweep, folder),
    };

    static WrittenReport Write(Globals globals, string selector, string folder, Func<string, ReportResult> write)
    {
        ReportResult result;
        string target = Path.GetFullPath(folder);
        if (!Directory.Exists(target) && Path.GetExtension(target) is ".md" or ".html" or ".json" or ".png" or ".svg")
            throw new CommandException(ExitCodes.UserError, $"-o names the folder that the report is written to, and '{folder}' looks like a file: {globals.Command($"report {selector}")} -o DIR");
        for (string? path = target; path is not null; path = Path.GetDirectoryName(path))
        {
            if (File.Exists(path))
                throw new CommandException(ExitCodes.Storage, $"the report cannot be written{(path == target ? "" : $" to '{target}'")}: '{path}' is a file, not a folder. Name a folder: {globals.Command($"report {selector}")} -o DIR");
        }

        try
        {
            result = write(target);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Where no folder can be made, as under /proc, the system speaks of a file that is not there.
            string why = e is FileNotFoundException or DirectoryNotFoundException ? $"no folder can be made or written at '{target}'." : e.Message;
            throw new CommandException(ExitCodes.Storage, $"the report cannot be written: {why} Name another folder: {globals.Command($"report {selector}")} -o DIR");
        }

        return new WrittenReport(PathText.Of(result.ReportPath), result.Figures, result.Notes);
    }

    static string DefaultFolder(Globals globals, RunQueries queries, SelectedRuns runs)
    {
        if (runs.Sweep is { Sweep: var sweep })
            return Path.Combine(globals.Home, "reports", $"{sweep.Name}-{sweep.Id[^RunId.EndingLength..]}");
        string[] names = [.. runs.Ids.Take(2).Select(id => queries.Get(id).Run.Name).Distinct()];
        return Path.Combine(globals.Home, "reports", $"compare-{string.Join("-", names)}-{runs.Ids[0][^RunId.EndingLength..]}");
    }

    /// <summary>Where the report of a run goes when nobody says.</summary>
    public static string DefaultFolder(Globals globals, RunSummary run) => Path.Combine(globals.Home, "reports", $"{run.Name}-{run.Id[^RunId.EndingLength..]}");

    static int Report(Globals globals, string[] selectors, string? folder, ReportFormat format, AnimationFormat animations)
    {
        SelectedRuns runs;
        using (RunQueries queries = DatabaseFile.Open(globals))
        {
            runs = RunSelector.ResolveAll(queries, selectors);
            if (animations == AnimationFormat.Gif && (format == ReportFormat.Json || !runs.IsOne))
                throw new CommandException(ExitCodes.UserError, $"--gif: {(format == ReportFormat.Json ? "the numbers of --format json hold no animation" : "only the report of a single run has animations, and this one is of several")}. Leave --gif out, or {(runs.IsOne ? "--format json" : "name one run")}: {globals.Command($"report {runs.Ids[0]} --gif")}");
            if (format == ReportFormat.Json && folder is null)
            {
                globals.Output.WriteLine(ReportJson.Text(queries, runs));
                return ExitCodes.Ok;
            }
        }

        WrittenReport report = runs.IsOne ? Write(globals, runs.Ids[0], folder, format, animations) : Write(globals, runs, folder, format);
        if (globals.Json)
            RunJson.WriteReport(globals.Output, runs, report);
        else
            globals.Output.WriteLine(globals.Quiet ? report.ReportPath : $"{report.ReportPath} {(format == ReportFormat.Json ? "" : $"({report.Figures} figures) ")}of {(runs.IsOne ? $"run {runs.Ids[0]}" : runs.Sweep is { Sweep.Id: var id } ? $"sweep {id}" : $"{runs.Ids.Count} runs")}");
        if (!globals.Quiet && !globals.Json)
        {
            foreach (string note in report.Notes)
                globals.Error.WriteLine($"note: {note}");
        }

        return ExitCodes.Ok;
    }
}
