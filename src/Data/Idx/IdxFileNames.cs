namespace AeVae.Data.Idx;

/// <summary>The four file names that MNIST and the data sets made in its image share.</summary>
static class IdxFileNames
{
    public const string TrainImages = "train-images-idx3-ubyte";
    public const string TrainLabels = "train-labels-idx1-ubyte";
    public const string TestImages = "t10k-images-idx3-ubyte";
    public const string TestLabels = "t10k-labels-idx1-ubyte";
}
