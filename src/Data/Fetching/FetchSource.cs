namespace AeVae.Data.Fetching;

/// <summary>A place that may have the files of a data set.</summary>
abstract class FetchSource
{
    /// <summary>The place, in words that a person can act on.</summary>
    public abstract string Name { get; }

    /// <summary>Stores every file that <paramref name="intake"/> still needs and that this place has.</summary>
    /// <exception cref="IOException">The place cannot be used; likewise <see cref="HttpRequestException"/>, <see cref="TimeoutException"/>, <see cref="UnauthorizedAccessException"/>.</exception>
    /// <exception cref="InvalidDataException">It has other bytes than the published ones.</exception>
    /// <exception cref="DataException">The data folder cannot be written to.</exception>
    public abstract Task FetchAsync(FileIntake intake, CancellationToken cancellation);
}
