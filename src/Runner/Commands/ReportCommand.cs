using System.CommandLine;
using AeVae.Reports;
using AeVae.Runner.Views;
using AeVae.Tracking;

namespace AeVae.Runner.Commands;

/// <summary><c>runner report RUN</c>: writes the report of a stored run, from the database alone.</summary>
static class ReportCommand
{
    /// <summary>The command.</summary>
    public static Command Create(GlobalOptions globals)
    {
        Argument<string> selector = new("RUN") { Description = RunSelector.Description };
        Option<string?> output = new("--output", "-o") { Description = "Folder to write to [default: reports/NAME-ID beside the database]", HelpName = "DIR" };
        Command command = new("report", "Write the report of a run: Markdown with figures") { selector, output };
        command.SetAction(parsed => Report(globals.Read(parsed), parsed.GetRequiredValue(selector), parsed.GetValue(output)));
        return command;
    }

    /// <summary>Writes the report of <paramref name="runId"/> into <paramref name="folder"/>, or into <c>reports/NAME-ID</c>.</summary>
    public static WrittenReport Write(Globals globals, string runId, string? folder)
    {
        using RunQueries queries = RunQueries.Open(globals.DatabasePath);
        folder ??= DefaultFolder(globals, queries.Get(runId).Run);
        ReportResult result;
        try
        {
            result = RunReport.Write(queries, runId, Path.GetFullPath(folder));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCodes.Storage, $"the report cannot be written: {e.Message} Name another folder: {globals.Command($"report {runId}")} -o DIR");
        }

        return new WrittenReport(PathText.Of(result.MarkdownPath), result.Files.Count - 1, result.Notes);
    }

    /// <summary>Where the report of a run goes when nobody says.</summary>
    public static string DefaultFolder(Globals globals, RunSummary run) => Path.Combine(globals.Home, "reports", $"{run.Name}-{run.Id[^RunId.EndingLength..]}");

    static int Report(Globals globals, string selector, string? folder)
    {
        string runId;
        using (RunQueries queries = DatabaseFile.Open(globals))
            runId = RunSelector.Resolve(queries, selector);
        WrittenReport report = Write(globals, runId, folder);
        if (globals.Json)
            RunJson.WriteReport(globals.Output, runId, report);
        else
            globals.Output.WriteLine(globals.Quiet ? report.MarkdownPath : $"{report.MarkdownPath} ({report.Figures} figures) of run {runId}");
        if (!globals.Quiet && !globals.Json)
        {
            foreach (string note in report.Notes)
                globals.Error.WriteLine($"note: {note}");
        }

        return ExitCodes.Ok;
    }
}
