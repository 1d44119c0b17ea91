namespace AeVae.Compute;

/// <summary>Being built.</summary>
public static class DenseKernels
{
    /// <summary>Being built.</summary>
    public static void Forward(Matrix x, Matrix weight, Matrix bias, Matrix y, ThreadTeam team) => throw new NotImplementedException();

    /// <summary>Being built.</summary>
    public static void InputGradient(Matrix dY, Matrix weight, Matrix transposeScratch, Matrix dX, ThreadTeam team) => throw new NotImplementedException();

    /// <summary>Being built.</summary>
    public static void WeightGradient(Matrix x, Matrix dY, Matrix dWeight, ThreadTeam team) => throw new NotImplementedException();

    /// <summary>Being built.</summary>
    public static void BiasGradient(Matrix dY, Matrix dBias, ThreadTeam team) => throw new NotImplementedException();

    /// <summary>Being built.</summary>
    public static void Product(Matrix a, Matrix b, Matrix c, ThreadTeam team) => throw new NotImplementedException();
}
