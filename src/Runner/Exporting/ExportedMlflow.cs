using AeVae.Reports.Exports;
using AeVae.Tracking;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace AeVae.Runner.Exporting;

/// <summary>Runs in a folder of MLflow's, where other runs may be.</summary>
static class ExportedMlflow
{
    /// <summary>Writes runs; one that is there already is replaced, but what was added to it in MLflow stays.</summary>
    /// <param name="queries">The results file.</param>
    /// <param name="runs">The runs.</param>
    /// <param name="store">The folder, a full path.</param>
    /// <param name="note">Told what is left out, a sentence each.</param>
    /// <returns>The folder of each run.</returns>
    public static IReadOnlyList<string> Write(RunQueries queries, IReadOnlyList<RunSummary> runs, string store, Action<string> note)
    {
        ILookup<string, string> experiments = Experiments(store);
        return [.. runs.Select(run =>
        {
            // An experiment of ours keeps its folder where it was given another name.
            string own = MlflowRun.ExperimentId(run.Experiment), id = HasMeta(own) ? own : experiments[run.Experiment].FirstOrDefault(own), experiment = Path.Combine(store, id);
            if (!HasMeta(id))
                WriteMeta(Path.Combine(experiment, MlflowRun.MetaFile), MlflowRun.ExperimentMeta(id, experiment, run));
            return Write(queries, run, id, Path.Combine(experiment, run.Id), note);
        })];

        bool HasMeta(string id) => File.Exists(Path.Combine(store, id, MlflowRun.MetaFile));
    }

    static string Write(RunQueries queries, RunSummary run, string experimentId, string folder, Action<string> note)
    {
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

            // Not under another name first: MLflow takes every file here for a value, and what a kill left would be one.
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, content);
        }

        foreach (string tag in Directory.EnumerateFiles(Path.Combine(folder, "tags"), $"{MlflowRun.TagPrefix}*").Where(tag => !written.Contains(tag)))
            File.Delete(tag);   // of an earlier export, and no longer true
        notes.ForEach(note);
        return folder;
    }

    /// <summary>Ids by name of the experiments that are there already.</summary>
    static ILookup<string, string> Experiments(string store) =>
        (Directory.Exists(store) ? Directory.EnumerateDirectories(store) : [])
        .Select(folder => (Id: Path.GetFileName(folder), Name: NameIn(Path.Combine(folder, MlflowRun.MetaFile))))
        .Where(experiment => experiment.Name is not null)
        .ToLookup(experiment => experiment.Name!, experiment => experiment.Id);

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
