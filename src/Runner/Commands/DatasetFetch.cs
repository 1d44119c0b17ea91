using AeVae.Data;
using AeVae.Data.Catalogue;
using AeVae.Data.Fetching;
using AeVae.Runner.Invocation;
using AeVae.Runner.Views;

namespace AeVae.Runner.Commands;

/// <summary>Brings data sets to this machine, with a bar.</summary>
static class DatasetFetch
{
    /// <summary>Brings what is missing or damaged; does nothing when all is there.</summary>
    /// <exception cref="DataException">No source had the published bytes.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; complete files stay.</exception>
    public static FetchResult Run(DatasetInfo dataset, Globals globals, CancellationToken cancellation)
    {
        using DataBar bar = new(dataset.Name, globals);
        FetchResult result = new DataFetcher().FetchAsync(dataset, new DataFolder(globals.DataFolder), bar, cancellation).GetAwaiter().GetResult();
        if (globals.Verbose)
        {
            foreach (string failure in result.Failures)
                globals.Error.WriteLine($"information: {failure}");
        }

        return result;
    }
}
