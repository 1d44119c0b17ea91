using System.CommandLine;
using AeVae.Runner.Execution;
using AeVae.Runner.Invocation;
using AeVae.Runner.Views;
using AeVae.Tracking;
using AeVae.Tracking.Merging;
using AeVae.Tracking.Sweeps;

namespace AeVae.Runner.Commands;

/// <summary><c>runner merge OTHER.db…</c>: brings the runs and sweeps of other databases into this one.</summary>
static class MergeCommand
{
    /// <summary>The command.</summary>
    public static Command Create(GlobalOptions globals)
    {
        Argument<string[]> others = new("OTHER") { Description = "Databases of other machines or tasks; they stay as they are", Arity = ArgumentArity.OneOrMore };
        Command command = new("merge", "Bring the runs and sweeps of other databases into this one; the same again changes nothing") { others };
        command.SetAction(parsed => Merge(globals.Read(parsed), parsed.GetRequiredValue(others)));
        return command;
    }

    static int Merge(Globals globals, string[] others)
    {
        if (others.Contains(""))
            throw new CommandException(ExitCodes.UserError, "one of the databases to merge has an empty name. Nothing was merged.");
        (string Named, string Path)[] files = [.. others.Select(other => (other, RealPath.Of(FileIn(other)))).DistinctBy(file => file.Item2)];
        string here = RealPath.Of(globals.DatabasePath);
        if (files.FirstOrDefault(file => file.Path == here).Named is { } same)
            throw new CommandException(ExitCodes.UserError, $"{same} is the database to merge into. Name another one, or another --db.");
        if (!others.Any(Path.Exists))
            throw new CommandException(ExitCodes.Storage, $"{string.Join(", ", others)}: no such file. Nothing was merged.");

        List<string> sweeps = [];
        int merged = 0, refused = 0;
        using (RunStore store = DatabaseFile.OpenForWriting(globals))
        {
            foreach ((string other, string path) in files)
            {
                try
                {
                    MergeResult result = store.Merge(path);
                    CopyFiles(globals, path, result.Runs);
                    sweeps.AddRange([.. result.Sweeps.Added, .. result.Sweeps.Updated, .. result.Sweeps.Equal]);
                    MergeText.Write(globals, other, result);
                    merged++;
                }
                catch (MergeRefusedException e)
                {
                    refused++;
                    globals.Error.WriteLine($"error: {(e.InnerException is null ? $"{other}: " : "")}{e.Message}");
                }
            }
        }

        if (merged > 0)
            MergeText.WriteEnd(globals, [.. sweeps.Distinct().Select(id => Judged(globals, id))]);
        return refused > 0 ? ExitCodes.Storage : ExitCodes.Ok;
    }

    // A bundle, or another folder of results, is what its database says.
    static string FileIn(string other) => Path.GetFullPath(Directory.Exists(other) && File.Exists(Path.Combine(other, "results.db")) ? Path.Combine(other, "results.db") : other);

    // The database first: a run without its checkpoints is shown and verified, and the next merge brings what is missing.
    static void CopyFiles(Globals globals, string other, MergedIds runs)
    {
        try
        {
            foreach (string run in (string[])[.. runs.Added, .. runs.Updated, .. runs.Equal])
                new RunFolder(other, run).CopyTo(new RunFolder(globals.DatabasePath, run), onlyMissing: runs.Equal.Contains(run));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCodes.Storage, $"{e.Message}\nThe runs of {other} are merged, but not all of their checkpoints. When that is mended, the same command brings the rest.");
        }
    }

    /// <summary>Tasks train one trial each and judge nothing, and verdicts of a shorter list are none of a longer one.</summary>
    static SweepDetail Judged(Globals globals, string id)
    {
        SweepDetail sweep = RunQueries.Ask(globals.DatabasePath, queries => queries.GetSweep(id));
        return sweep.Claims.Count == sweep.Outline.Claims.Count || !sweep.HasEnded ? sweep : SweepVerdicts.Judge(globals, id);
    }
}
