using System.Globalization;
using AeVae.Models;
using AeVae.Tracking;

namespace AeVae.Runner.Execution;

/// <summary>Files of one run, beside the database: <c>runs/261121-071305-k3f9/</c>.</summary>
/// <param name="databasePath">Full path of the database.</param>
/// <param name="runId">The run.</param>
sealed class RunFolder(string databasePath, string runId)
{
    readonly string home = System.IO.Path.GetDirectoryName(databasePath)!;

    /// <summary>The folder itself.</summary>
    public string Path => System.IO.Path.Combine(RunQueries.RunsFolder(databasePath), runId);

    /// <summary>What happened, one JSON object per line.</summary>
    public string LogPath => System.IO.Path.Combine(Path, "log.jsonl");

    /// <summary>What waits until the database can be written.</summary>
    public string JournalPath => RunQueries.JournalPath(databasePath, runId);

    /// <summary>State after the epoch with the best value of the chosen metric.</summary>
    public string BestCheckpointPath => System.IO.Path.Combine(Path, "best.safetensors");

    /// <summary>State after <paramref name="epoch"/>.</summary>
    public string CheckpointPath(int epoch) =>
        System.IO.Path.Combine(Path, string.Create(CultureInfo.InvariantCulture, $"epoch-{epoch:0000}.safetensors"));

    /// <summary>Epochs that have a checkpoint, ascending.</summary>
    /// <exception cref="UnauthorizedAccessException">The folder may not be looked into.</exception>
    public IReadOnlyList<int> CheckpointEpochs => !Presence.IsFolder(Path) ? [] :
        [.. from path in Directory.EnumerateFiles(Path, "epoch-*.safetensors")
            let number = System.IO.Path.GetFileNameWithoutExtension(path)["epoch-".Length..]
            where int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            let epoch = int.Parse(number, CultureInfo.InvariantCulture)
            orderby epoch
            select epoch];

    /// <summary>Reads the epoch of the best checkpoint: 0 when it is damaged, null when there is none.</summary>
    public int? ReadBestEpoch()
    {
        try
        {
            return File.Exists(BestCheckpointPath) ? Checkpoint.ReadEpoch(BestCheckpointPath) : null;
        }
        catch (InvalidDataException)
        {
            return 0;
        }
    }

    /// <summary>Reads which checkpoints there are: the paths of all, those of the newest epochs first; a best one that is damaged comes last.</summary>
    public IReadOnlyList<string> ReadCheckpoints()
    {
        IEnumerable<(int Epoch, string Path)> kept = CheckpointEpochs.Select(epoch => (epoch, CheckpointPath(epoch)));
        IEnumerable<(int Epoch, string Path)> best = ReadBestEpoch() is { } bestEpoch ? [(bestEpoch, BestCheckpointPath)] : [];
        return [.. kept.Concat(best).OrderByDescending(checkpoint => checkpoint.Epoch).Select(checkpoint => checkpoint.Path)];
    }

    /// <summary>Removes checkpoints of later epochs, and what a killed process left half-written.</summary>
    /// <param name="lastEpoch">The last epoch whose checkpoint stays.</param>
    public void RemoveAfter(int lastEpoch)
    {
        if (!Presence.IsFolder(Path))
            return;
        foreach (int epoch in CheckpointEpochs.Where(epoch => epoch > lastEpoch))
            File.Delete(CheckpointPath(epoch));
        if (ReadBestEpoch() > lastEpoch)
            File.Delete(BestCheckpointPath);
        foreach (string path in Directory.EnumerateFiles(Path, $"*{Checkpoint.TemporaryExtension}"))
            File.Delete(path);
    }

    /// <summary>Copies checkpoints and logs: without them a run could not be resumed there. Each is there whole or not at all, however this ends.</summary>
    /// <param name="other">Where they go, in place of those of earlier epochs.</param>
    /// <param name="onlyMissing">Files stay that are there and not older: to finish a copy that was cut short.</param>
    public void CopyTo(RunFolder other, bool onlyMissing = false)
    {
        if (!Presence.IsFolder(Path) || Path == other.Path)   // two databases may share a folder
            return;
        Directory.CreateDirectory(other.Path);
        foreach (FileInfo file in new DirectoryInfo(Path).EnumerateFiles().Where(file => file.Extension != Checkpoint.TemporaryExtension))
        {
            string target = System.IO.Path.Combine(other.Path, file.Name);
            if (!onlyMissing || !File.Exists(target) || File.GetLastWriteTimeUtc(target) < file.LastWriteTimeUtc)
                Copy(file, target);
        }

        // A run that is copied again and again while it goes on would leave every one of its checkpoints there.
        int newest = other.CheckpointEpochs.Intersect(CheckpointEpochs).LastOrDefault();
        foreach (int epoch in other.CheckpointEpochs.Except(CheckpointEpochs).Where(epoch => epoch < newest && !onlyMissing))
            File.Delete(other.CheckpointPath(epoch));
    }

    static void Copy(FileInfo file, string target)
    {
        string temporary = target + Checkpoint.TemporaryExtension;
        try
        {
            using (FileStream source = new(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete), copy = File.Create(temporary))
            {
                source.CopyTo(copy);
                copy.Flush(flushToDisk: true);
            }

            File.SetLastWriteTimeUtc(temporary, file.LastWriteTimeUtc);
            File.Move(temporary, target, overwrite: true);
        }
        catch (FileNotFoundException) when (!File.Exists(file.FullName))
        {
            // Whoever trains the run keeps its newest checkpoints only.
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Makes the folder, if need be, and finds out before much time is spent whether files can be written there.</summary>
    /// <exception cref="IOException">They cannot.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public void RequireWritable()
    {
        Directory.CreateDirectory(Path);
        string probe = System.IO.Path.Combine(Path, System.IO.Path.GetRandomFileName() + Checkpoint.TemporaryExtension);
        File.WriteAllText(probe, "");
        File.Delete(probe);
    }

    /// <summary>Removes the folder with all that is in it, if it is there.</summary>
    public void Remove()
    {
        if (Presence.IsFolder(Path))
            Directory.Delete(Path, recursive: true);
    }

    /// <summary>As it is stored: relative to the database's folder, with forward slashes.</summary>
    public string Relative(string path) => System.IO.Path.GetRelativePath(home, path).Replace('\\', '/');
}
