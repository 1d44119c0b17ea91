using System.CommandLine;
using AeVae.Reports;
using AeVae.Runner.Execution;
using AeVae.Runner.Invocation;
using AeVae.Tracking;

namespace AeVae.Runner.Commands;

/// <summary><c>runner gc [RUN…]</c>: frees disk space, after asking.</summary>
static class GcCommand
{
    /// <summary>The command.</summary>
    public static Command Create(GlobalOptions globals)
    {
        Argument<string[]> selectors = new("RUN") { Description = $"Completed runs whose checkpoints go as well. {RunArgument.SeveralDescription}", Arity = ArgumentArity.ZeroOrMore };
        Option<bool> dryRun = new("--dry-run") { Description = "Say what would be removed, and remove nothing" };
        Option<bool> yes = new("--yes", "-y") { Description = "Do not ask" };
        Command command = new("gc", "Free disk space, after asking: remove what killed programs left half-written and files of runs that are no more; with RUN, checkpoints of completed runs, which restore brings back") { selectors, dryRun, yes };
        command.SetAction(parsed => Collect(globals.Read(parsed), parsed.GetValue(selectors) ?? [], parsed.GetValue(dryRun), parsed.GetValue(yes)));
        return command;
    }

    static int Collect(Globals globals, string[] selectors, bool dryRun, bool yes)
    {
        List<string> runs = selectors.Length == 0 ? [] : Completed(globals, selectors);
        IReadOnlyList<SpareFile> found = Find(globals, runs);
        if (dryRun || found.Count == 0 || !(yes || IsWanted(globals, found)))
        {
            Write(globals, found, dryRun ? "would remove" : null);
            return ExitCodes.Ok;
        }

        // Not what has come into use while somebody thought about it.
        SpareFile[] spare = [.. found.Intersect(Find(globals, runs))];
        string[] problems = [.. spare.Select(Remove).OfType<string>()];
        Write(globals, [.. spare.Where(file => !File.Exists(file.Path))], "removed");
        if (runs.Count > 0)
            globals.Note($"{globals.Command($"restore {(runs.Count == 1 ? runs[0] : "RUN")}")} trains a run again and brings its checkpoints back as they were");
        return problems.Length == 0 ? ExitCodes.Ok : throw new CommandException(ExitCodes.Storage, $"not everything could be removed:\n{string.Join('\n', problems)}");
    }

    /// <summary>Those that are completed, and whose checkpoints are nobody else's.</summary>
    static List<string> Completed(Globals globals, string[] selectors)
    {
        using RunQueries queries = DatabaseFile.Open(globals);
        IReadOnlyList<string> ids = RunArgument.ResolveAll(globals, queries, selectors, "loses its checkpoints").Ids;
        IReadOnlySet<string> shared = RunQueries.KnownBeside(globals.DatabasePath, ids);
        List<string> completed = [];
        foreach (RunSummary run in ids.Select(id => queries.Get(id).Run))
        {
            if (run.Status != RunStatus.Completed)
                globals.Note($"run {run.Id} is {run.Status.Word()}: it keeps its checkpoints, to go on from them");
            else if (shared.Contains(run.Id))
                globals.Note($"run {run.Id} keeps its checkpoints: another database beside this one has it, or may have it, too");
            else
                completed.Add(run.Id);
        }

        return completed;
    }

    static IReadOnlyList<SpareFile> Find(Globals globals, IReadOnlyList<string> runs)
    {
        using RunQueries queries = DatabaseFile.Open(globals);
        return [.. SpareFiles.LeftBehind(globals.DatabasePath, queries.List(new RunFilter { Limit = null, Verifications = true })).Concat(runs.SelectMany(id => SpareFiles.Checkpoints(globals.DatabasePath, id))).Distinct()];
    }

    static bool IsWanted(Globals globals, IReadOnlyList<SpareFile> files)
    {
        string what = InWords(files);
        if (Console.IsInputRedirected || Console.IsErrorRedirected)
            throw new CommandException(ExitCodes.UserError, $"{what} would be removed; --dry-run lists them. Where nobody can be asked, gc needs --yes. Nothing was removed.");
        List(globals.Error, files);
        globals.Error.Write($"remove {what}? [y/N] ");
        return Console.ReadLine()?.Trim().ToUpperInvariant() is "Y" or "YES";
    }

    static string? Remove(SpareFile file)
    {
        try
        {
            File.Delete(file.Path);
            string folder = Path.GetDirectoryName(file.Path)!;
            if (!Directory.EnumerateFileSystemEntries(folder).Any())
                Directory.Delete(folder);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{PathText.Of(file.Path)}: {e.Message}";
        }
    }

    /// <param name="globals">Where to.</param>
    /// <param name="files">What there is.</param>
    /// <param name="done">What was done with it; null when nothing was.</param>
    static void Write(Globals globals, IReadOnlyList<SpareFile> files, string? done)
    {
        if (globals.Json)
        {
            RunJson.Write(globals.Output, new { Removed = done == "removed", Bytes = files.Sum(file => file.Bytes), Files = files });
            return;
        }

        if (done is not null && !globals.Quiet)
            List(globals.Output, files);
        globals.Output.WriteLine(files.Count == 0 ? "nothing to remove" : done is null ? "nothing was removed" : $"{done} {InWords(files)}");
    }

    static void List(TextWriter output, IReadOnlyList<SpareFile> files)
    {
        foreach (SpareFile file in files)
            output.WriteLine($"{Numbers.Bytes(file.Bytes),9}  {PathText.Of(file.Path)}");
    }

    static string InWords(IReadOnlyList<SpareFile> files) => $"{Counted.Of(files.Count, "file")}, {Numbers.Bytes(files.Sum(file => file.Bytes))}";
}
