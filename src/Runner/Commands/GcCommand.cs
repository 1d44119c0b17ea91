using System.CommandLine;
using AeVae.Models;
using AeVae.Reports;
using AeVae.Runner.Execution;
using AeVae.Runner.Invocation;
using AeVae.Runner.Verifying;
using AeVae.Tracking;

namespace AeVae.Runner.Commands;

/// <summary><c>runner gc RUN…</c>: frees disk space, after asking.</summary>
static class GcCommand
{
    // What is newer some process may be writing, whatever the status of the run: restore and merge do.
    static readonly TimeSpan LongAgo = TimeSpan.FromDays(1);

    /// <summary>The command.</summary>
    public static Command Create(GlobalOptions globals)
    {
        Argument<string[]> selectors = new("RUN") { Description = RunArgument.SeveralDescription, Arity = ArgumentArity.OneOrMore };
        Option<bool> dryRun = new("--dry-run") { Description = "Say what would be removed, and remove nothing" };
        Option<bool> yes = CommandOptions.Yes();
        Command command = new("gc", "Free disk space, after asking: remove the checkpoints of completed runs (last epoch and best), which restore brings back, and what killed programs left half-written more than a day ago") { selectors, dryRun, yes };
        command.SetAction(parsed => Collect(globals.Read(parsed), parsed.GetRequiredValue(selectors), parsed.GetValue(dryRun), parsed.GetValue(yes)));
        return command;
    }

    static int Collect(Globals globals, string[] selectors, bool dryRun, bool yes)
    {
        SpareFile[] spare;
        using (RunQueries queries = DatabaseFile.Open(globals))
        {
            IReadOnlyList<string> ids = RunArgument.ResolveAll(globals, queries, selectors, "loses its checkpoints").Ids;
            IReadOnlySet<string> shared = RunQueries.KnownBeside(globals.DatabasePath, ids);
            spare = [.. ids.Select(queries.Get).SelectMany(run => Spare(globals, run, shared.Contains(run.Run.Id)))];
        }

        if (dryRun || spare.Length == 0 || !(yes || IsWanted(globals, spare)))
        {
            Write(globals, spare, dryRun ? "would remove" : null);
            return ExitCodes.Ok;
        }

        string[] problems = [.. spare.Select(Remove).OfType<string>()];
        SpareFile[] removed = [.. spare.Where(file => !File.Exists(file.Path))];
        if (removed.Length > 0 || globals.Json)
            Write(globals, removed, "removed");
        if (removed.Any(file => !file.Path.EndsWith(Checkpoint.TemporaryExtension, StringComparison.Ordinal)))
            globals.Note($"{globals.Command("restore RUN")} trains a run again and brings its checkpoints back as they were");
        return problems.Length == 0 ? ExitCodes.Ok : throw new CommandException(ExitCodes.Storage, $"not everything could be removed:\n{string.Join('\n', problems)}");
    }

    /// <summary>What can go of a run; says why its checkpoints stay.</summary>
    static IEnumerable<SpareFile> Spare(Globals globals, RunDetail run, bool isShared)
    {
        string? reason = run switch
        {
            _ when run.Run.Status != RunStatus.Completed => $"it is {run.Run.Status.Word()}, not completed",
            _ when isShared => "another database beside this one has it, or may have it, too",
            _ when run.Run.Verification == Verdict.Mismatch => "executed again, it came out otherwise",
            _ => VerificationPlan.WhyNot(run),
        };
        if (reason is not null)
            globals.Note($"run {run.Run.Id} keeps its checkpoints: {reason}");
        RunFolder folder = new(globals.DatabasePath, run.Run.Id);
        if (!Presence.IsFolder(folder.Path))
            return [];
        IEnumerable<FileInfo> checkpoints = reason is not null ? [] : [new(folder.BestCheckpointPath), new(folder.CheckpointPath(run.Run.EpochsDone))];
        IEnumerable<FileInfo> halfWritten = run.Run.Status == RunStatus.Running ? []
            : new DirectoryInfo(folder.Path).EnumerateFiles($"*.safetensors*{Checkpoint.TemporaryExtension}").Where(file => file.LastWriteTimeUtc < DateTime.UtcNow - LongAgo);
        return checkpoints.Where(file => file.Exists).Concat(halfWritten).Select(file => new SpareFile(file.FullName, file.Length, run.Run.Id));
    }

    static bool IsWanted(Globals globals, SpareFile[] files)
    {
        string what = InWords(files);
        Consent.RequireSomebody($"{what} would be removed; --dry-run lists them. Where nobody can be asked, gc needs --yes. Nothing was removed.");
        List(globals.Error, files);
        return Consent.Ask(globals, $"remove {what}?");
    }

    static string? Remove(SpareFile file)
    {
        try
        {
            File.Delete(file.Path);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{PathText.Of(file.Path)}: {e.Message}";
        }
    }

    /// <param name="globals">Where to.</param>
    /// <param name="files">Which.</param>
    /// <param name="done">What was done with them; null when nothing was.</param>
    static void Write(Globals globals, SpareFile[] files, string? done)
    {
        if (globals.Json)
        {
            CommandJson.Write(globals.Output, new { Removed = done == "removed", Bytes = files.Sum(file => file.Bytes), Files = files });
            return;
        }

        if (done is not null && !globals.Quiet)
            List(globals.Output, files);
        globals.Output.WriteLine(files.Length == 0 ? "nothing to remove" : done is null ? "nothing was removed" : $"{done} {InWords(files)}");
    }

    static void List(TextWriter output, SpareFile[] files)
    {
        foreach (SpareFile file in files)
            output.WriteLine($"{Numbers.Bytes(file.Bytes),9}  {PathText.Of(file.Path)}");
    }

    static string InWords(SpareFile[] files) => $"{Counted.Of(files.Length, "file")}, {Numbers.Bytes(files.Sum(file => file.Bytes))}";

    sealed record SpareFile(string Path, long Bytes, string RunId);
}
