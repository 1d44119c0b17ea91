using AeVae.Data;
using AeVae.Data.Catalogue;
using AeVae.Runner.Invocation;
using AeVae.Runner.Views;

namespace AeVae.Runner.Commands;

/// <summary>The images of experiments; each data set is fetched, if need be, and read once.</summary>
/// <param name="globals">Where they lie.</param>
/// <param name="missed">What is not done for want of them: "nothing was trained".</param>
sealed class LoadedImages(Globals globals, string missed)
{
    readonly SplitLoader loader = new(new DataFolder(globals.DataFolder));
    readonly HashSet<string> fetched = [], noted = [];

    /// <summary>The images of an experiment. Null, and that is said, when fetching or reading them was cancelled; complete files stay.</summary>
    /// <exception cref="DataException">They cannot be had, or are not as published.</exception>
    public Splits? Of(DataOptions options, CancellationToken cancellation)
    {
        try
        {
            if (DatasetCatalogue.Find(options.Dataset) is { } dataset && !fetched.Contains(dataset.Name))
            {
                DatasetFetch.Run(dataset, globals, cancellation);
                fetched.Add(dataset.Name);
            }
        }
        catch (OperationCanceledException)
        {
            globals.Error.WriteLine($"interrupted while fetching data: complete files stay, {missed}. The same command goes on from there.");
            return null;
        }

        try
        {
            using DataBar bar = new(options.Path ?? options.Dataset, globals);
            Splits splits = loader.Load(options, bar, cancellation);
            foreach (string note in splits.Notes.Where(noted.Add))
                globals.Note(note);
            return splits;
        }
        catch (OperationCanceledException)
        {
            globals.Error.WriteLine($"interrupted while reading images: {missed}.");
            return null;
        }
    }
}
