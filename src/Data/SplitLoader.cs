namespace AeVae.Data;

/// <summary>Reads the splits of an experiment from the data folder.</summary>
public static class SplitLoader
{
    /// <summary>Reads every file of the data set, checks it, and takes the splits.</summary>
    /// <exception cref="DataException">The data set is unknown, a file is missing or damaged, or the splits do not fit it.</exception>
    public static Splits Load(DataOptions options, DataFolder folder) => throw new NotImplementedException();
}
