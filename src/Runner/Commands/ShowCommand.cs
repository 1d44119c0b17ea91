using System.CommandLine;
using AeVae.Runner.Invocation;
using AeVae.Runner.Views;
using AeVae.Tracking;
using AeVae.Tracking.Code;

namespace AeVae.Runner.Commands;

/// <summary><c>runner show RUN</c>: everything about one run.</summary>
static class ShowCommand
{
    /// <summary>The command.</summary>
    public static Command Create(GlobalOptions globals)
    {
        Argument<string> selector = new("RUN") { Description = RunArgument.Description };
        Option<bool> provenance = new("--provenance") { Description = "Show where it was made and from what, to the last digest" };
        Option<bool> patch = new("--patch") { Description = "Print only the changes that were not committed, fit for git apply" };
        Command command = new("show", "Show everything about one run") { selector, provenance, patch };
        command.Validators.Add(result =>
        {
            if (result.GetValue(provenance) && result.GetValue(patch))
                result.AddError("--provenance and --patch exclude each other: the one prints the changes after the rest, the other alone.");
        });
        command.SetAction(parsed =>
        {
            Globals resolved = globals.Read(parsed);
            using RunQueries queries = DatabaseFile.Open(resolved);
            RunDetail run = queries.Get(RunArgument.Resolve(resolved, queries, parsed.GetRequiredValue(selector), "is shown"));
            if (parsed.GetValue(patch))
                return Patch(resolved, run);
            if (parsed.GetValue(provenance))
                Provenance(resolved, run);
            else
                Everything(resolved, run, queries);
            return ExitCodes.Ok;
        });
        return command;
    }

    static void Everything(Globals globals, RunDetail run, RunQueries queries)
    {
        if (globals.Json)
        {
            CommandJson.Write(globals.Output, run);
            return;
        }

        IReadOnlyDictionary<MetricKey, IReadOnlyList<SeriesPoint>> series = queries.GetSeries(run.Run.Id);
        new RunPage(globals).Write(run, series, queries.Definitions, queries.HasChanged(run, series));
        DatabaseFile.NoteWaiting(globals, queries, [run.Run]);
    }

    static void Provenance(Globals globals, RunDetail run)
    {
        if (globals.Json)
            CommandJson.WriteProvenance(globals.Output, run);
        else
            new ProvenancePage(globals).Write(run);
    }

    static int Patch(Globals globals, RunDetail run)
    {
        switch (run.Provenance)
        {
            case { GitDiff: { } text } when globals.Json:
                CommandJson.WritePatch(globals.Output, run.Run.Id, text);
                break;
            case { GitDiff: { } text }:
                foreach (PatchFile file in PatchFile.Split(text))
                {
                    // git apply would refuse the whole patch.
                    if (file.IsWhole)
                        globals.Output.Write(file.Text);
                    else
                        globals.Error.WriteLine($"warning: of {file.Path} only the digest is stored: it is larger than a mebibyte or no UTF-8 text");
                }

                break;
            case { GitDiffSha256: not null }:
                throw new CommandException(ExitCodes.Storage, $"run {run.Run.Id} was made with changes larger than a mebibyte, of which only the digest is stored.");
            default:
                if (globals.Json)
                    CommandJson.WritePatch(globals.Output, run.Run.Id, null);
                else
                    globals.Error.WriteLine($"run {run.Run.Id} has no changes to print: {(run.Provenance is not { GitCommit: not null } made ? "no commit is stored with it" : $"it was made {made.CodeState.InWords()}")}");
                break;
        }

        return ExitCodes.Ok;
    }
}
