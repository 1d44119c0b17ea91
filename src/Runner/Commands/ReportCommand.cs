using System.CommandLine;
using AeVae.Reports;
using AeVae.Reports.Comparisons;
using AeVae.Runner.Invocation;
using AeVae.Tracking;

namespace AeVae.Runner.Commands;

/// <summary><c>runner report RUN…</c>: writes the report of a stored run, of several beside each other or of a sweep, from the database alone.</summary>
static class ReportCommand
{
    /// <summary>The command.</summary>
    public static Command Create(GlobalOptions globals)
    {
        Argument<string[]> selectors = new("RUN") { Description = RunArgument.SeveralDescription, Arity = ArgumentArity.OneOrMore };
        Option<string?> output = CommandOptions.NotEmpty(new("--output", "-o") { Description = "Folder to write to [default: reports/NAME-ID beside the database]", HelpName = "DIR" });
        Option<string> format = new("--format") { Description = "markdown: report.md and figures beside it; html: report.html alone, whole in one file; latex: report.tex and figures as PDF beside it; json: every number, to standard output or into DIR", DefaultValueFactory = _ => "markdown" };
        format.AcceptOnlyFromAmong("markdown", "html", "latex", "json");
        Option<bool> gif = new("--gif") { Description = "Animations as GIF, which mail programs and slides play, instead of animated PNG" };
        Option<bool> svg = new("--svg") { Description = "Figures of Markdown as SVG, for word processors and drawing programs, instead of PNG" };
        Command command = new("report", "Write the report of a run, a sweep or several runs beside each other: Markdown with figures, one HTML file, or LaTeX") { selectors, output, format, gif, svg };
        ComparisonChoice choice = new();
        choice.AddTo(command);
        command.SetAction(parsed => Report(globals.Read(parsed), parsed.GetRequiredValue(selectors), parsed.GetValue(output), new ReportForm(Enum.Parse<ReportFormat>(parsed.GetValue(format)!, ignoreCase: true), parsed.GetValue(gif) ? AnimationFormat.Gif : AnimationFormat.Png, parsed.GetValue(svg)), choice.Text(parsed), (queries, runs) => choice.Read(parsed, queries, runs)));
        return command;
    }

    static int Report(Globals globals, string[] selectors, string? folder, ReportForm form, string chosen, Func<RunQueries, SelectedRuns, ComparisonOptions> options)
    {
        SelectedRuns runs;
        ComparisonOptions comparison;
        using (RunQueries queries = DatabaseFile.Open(globals))
        {
            runs = RunArgument.ResolveAll(globals, queries, selectors, "is reported");
            if (selectors.Length > 1)
                RunArgument.NoteNamesakes(globals, queries, selectors);
            if (Contradiction(globals, runs, form) is { } contradiction)
                throw new CommandException(ExitCodes.UserError, contradiction);
            if (chosen.Length > 0 && runs.IsOne)
                throw new CommandException(ExitCodes.UserError, $"{chosen.TrimStart()} is for a report that compares runs, and this one is of run {runs.Ids[0]} alone. Name others beside it, or leave it out.");
            comparison = options(queries, runs);
            if (form.Format == ReportFormat.Json && folder is null)
            {
                globals.Output.WriteLine(ReportJson.Text(queries, runs, comparison));
                return ExitCodes.Ok;
            }
        }

        ReportResult report = ReportFolder.Write(globals, runs, folder, form, comparison);
        if (globals.Json)
            CommandJson.WriteReport(globals.Output, runs, report);
        else
            globals.Output.WriteLine(globals.Quiet ? report.ReportPath : $"{report.ReportPath} {(form.Format == ReportFormat.Json ? "" : $"({report.Figures} figures) ")}of {(runs.IsOne ? $"run {runs.Ids[0]}" : runs.Sweep is { Sweep.Id: var id } ? $"sweep {id}" : $"{runs.Ids.Count} runs")}");
        if (!globals.Json)
        {
            foreach (string note in report.Notes)
                globals.Note(note);
        }

        return ExitCodes.Ok;
    }

    /// <summary>What cannot be had together, or on this machine; null: nothing.</summary>
    static string? Contradiction(Globals globals, SelectedRuns runs, ReportForm form)
    {
        string format = form.Format.ToString().ToLowerInvariant();
        string? still = form.Format switch
        {
            ReportFormat.Json => "the numbers of --format json hold no animation",
            ReportFormat.Latex => "a page of --format latex does not move",
            _ => runs.IsOne ? null : "only the report of a single run has animations, and this one is of several",
        };
        if (form.Animations == AnimationFormat.Gif && still is not null)
            return $"--gif: {still}. Leave --gif out, or {(form.Format is ReportFormat.Json or ReportFormat.Latex ? $"--format {format}" : "name one run")}: {globals.Command($"report {runs.Ids[0]} --gif")}";
        if (form.Svg && form.Format != ReportFormat.Markdown)
            return $"--svg is for the figures of --format markdown: {(form.Format switch { ReportFormat.Html => "those of html are SVG in any case", ReportFormat.Latex => "those of latex are PDF", _ => "json has none" })}. Leave --svg out, or --format {format}: {globals.Command($"report {runs.Selector} --svg")}";
        return form.Format == ReportFormat.Latex && !ReportFigures.CanBePngAndPdf
            ? $"--format latex: its figures are PDF, which cannot be drawn because {ReportFigures.WhyNot} for them. Or write Markdown with figures as SVG: {globals.Command($"report {runs.Selector} --svg")}"
            : null;
    }
}
