using AeVae.Data;
using AeVae.Data.Catalogue;
using AeVae.Data.Fetching;
using AeVae.Runner.Invocation;
using AeVae.Runner.Views;

namespace AeVae.Runner.Commands;

/// <summary>Brings data sets to this machine, with a bar.</summary>
static class DatasetFetch
{
    /// <summary>The images of an experiment, fetched first if need be. Null, and that is said, when it was cancelled; complete files stay.</summary>
    /// <param name="options">The images.</param>
    /// <param name="globals">Where they lie.</param>
    /// <param name="missed">What is not done for want of them: "nothing was trained".</param>
    /// <param name="cancellation">Cancels.</param>
    /// <exception cref="DataException">They cannot be had, or are not as published.</exception>
    public static Splits? Load(DataOptions options, Globals globals, string missed, CancellationToken cancellation)
    {
        try
        {
            if (DatasetCatalogue.Find(options.Dataset) is { } dataset)
                Run(dataset, globals, cancellation);
        }
        catch (OperationCanceledException)
        {
            globals.Error.WriteLine($"interrupted while fetching data: complete files stay, {missed}. The same command goes on from there.");
            return null;
        }

        return SplitLoader.Load(options, new DataFolder(globals.DataFolder));
    }

    /// <summary>Brings what is missing or damaged; does nothing when all is there.</summary>
    /// <exception cref="DataException">No source had the published bytes.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; complete files stay.</exception>
    public static FetchResult Run(DatasetInfo dataset, Globals globals, CancellationToken cancellation)
    {
        using FetchBar bar = new(dataset.Name, globals);
        FetchResult result = new DataFetcher().FetchAsync(dataset, new DataFolder(globals.DataFolder), bar, cancellation).GetAwaiter().GetResult();
        if (globals.Verbose)
        {
            foreach (string failure in result.Failures)
                globals.Error.WriteLine($"information: {failure}");
        }

        return result;
    }
}
