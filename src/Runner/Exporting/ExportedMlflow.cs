using AeVae.Reports.Exports;
using AeVae.Runner.Invocation;
using AeVae.Tracking;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace AeVae.Runner.Exporting;

/// <summary>Runs in a folder of MLflow's, where other runs may be.</summary>
static class ExportedMlflow
{
    const string Trash = ".trash", Tags = "tags", Description = "mlflow.note.content";

    /// <summary>Writes runs; one that is there already is replaced, but tags, files and a description that were added to it in MLflow stay.</summary>
    /// <param name="queries">The results file.</param>
    /// <param name="runs">The runs.</param>
    /// <param name="store">The folder, a full path.</param>
    /// <param name="note">Told what is left out, a sentence each.</param>
    /// <returns>The folder of each run.</returns>
    /// <exception cref="CommandException">The experiment of a run was deleted in MLflow; nothing is written.</exception>
    public static IReadOnlyList<string> Write(RunQueries queries, IReadOnlyList<RunSummary> runs, string store, Action<string> note)
    {
        ILookup<string, string> experiments = Experiments(store);
        string[] deleted = [.. FoldersIn(Path.Combine(store, Trash))];
        // MLflow migrates what was deleted, too, and an id that is there twice ends that.
        if (runs.FirstOrDefault(run => deleted.Any(experiment => Path.GetFileName(experiment) == MlflowRun.ExperimentId(run.Experiment) || HasMeta(Path.Combine(experiment, run.Id)))) is { } lost)
            throw new CommandException(ExitCodes.UserError, $"the experiment {lost.Experiment} of run {lost.Id} was deleted in MLflow, and lies in {PathText.Of(Path.Combine(store, Trash))}. Restore it there or remove it for good (`mlflow gc`), or name another folder with -o.");

        return [.. runs.Select(run =>
        {
            // A run that is there stays where it is, and an experiment of ours keeps its folder, where they were given another name.
            string own = Path.Combine(store, MlflowRun.ExperimentId(run.Experiment));
            string experiment = FoldersIn(store).FirstOrDefault(folder => HasMeta(Path.Combine(folder, run.Id)))
                ?? (HasMeta(own) ? own : experiments[run.Experiment].FirstOrDefault(own));
            string id = Path.GetFileName(experiment);
            if (!HasMeta(experiment))
                WriteMeta(Path.Combine(experiment, MlflowRun.MetaFile), MlflowRun.ExperimentMeta(id, experiment, run));
            return Write(queries, run, id, Path.Combine(experiment, run.Id), note);
        })];
    }

    static string Write(RunQueries queries, RunSummary run, string experimentId, string folder, Action<string> note)
    {
        string description = Path.Combine(folder, Tags, Description), exported = Path.Combine(folder, Tags, $"{MlflowRun.TagPrefix}note");
        bool hasTheirs = File.Exists(description) && (!File.Exists(exported) || File.ReadAllText(description) != File.ReadAllText(exported));
        if (!hasTheirs && File.Exists(description))
            File.Delete(description);
        List<string> notes = [];
        HashSet<string> written = [];
        foreach ((string file, byte[] content) in MlflowRun.Files(queries, run.Id, experimentId, folder, notes))
        {
            string path = Path.Combine([folder, .. file.Split('/')]);
            written.Add(path);
            if (file == MlflowRun.MetaFile)
            {
                WriteMeta(path, content);
                continue;
            }

            if (path == description && hasTheirs)
                continue;
            // Not beside it first: MLflow takes every file there for a value, and what a kill left would be one.
            WholeFile.Write(path, stream => stream.Write(content), temporaryFolder: folder);
        }

        foreach (string tag in Directory.EnumerateFiles(Path.Combine(folder, Tags), $"{MlflowRun.TagPrefix}*").Where(tag => !written.Contains(tag)))
            File.Delete(tag);   // of an earlier export, and no longer true
        notes.ForEach(note);
        return folder;
    }

    static IEnumerable<string> FoldersIn(string folder) => Directory.Exists(folder) ? Directory.EnumerateDirectories(folder) : [];

    static bool HasMeta(string folder) => File.Exists(Path.Combine(folder, MlflowRun.MetaFile));

    /// <summary>Folders by name of the experiments that are there already.</summary>
    static ILookup<string, string> Experiments(string store) =>
        FoldersIn(store)
        .Select(folder => (Folder: folder, Name: NameIn(Path.Combine(folder, MlflowRun.MetaFile))))
        .Where(experiment => experiment.Name is not null)
        .ToLookup(experiment => experiment.Name!, experiment => experiment.Folder);

    static string? NameIn(string meta)
    {
        if (!File.Exists(meta))
            return null;
        try
        {
            YamlStream yaml = [];
            yaml.Load(new StringReader(File.ReadAllText(meta)));
            return yaml.Documents is [{ RootNode: YamlMappingNode keys }] && keys.Children.TryGetValue("name", out YamlNode? name) ? (name as YamlScalarNode)?.Value : null;
        }
        catch (YamlException)
        {
            return null;    // MLflow passes it over too
        }
    }

    static void WriteMeta(string path, byte[] content) => WholeFile.Write(path, file => file.Write(content));
}
