namespace AeVae.Compute;

/// <summary>Being built.</summary>
public static class OptimizerKernels
{
    /// <summary>Being built.</summary>
    public static void Adam(Matrix value, Matrix gradient, Matrix firstMoment, Matrix secondMoment, in AdamStep step, ThreadTeam team) => throw new NotImplementedException();

    /// <summary>Being built.</summary>
    public static void Sgd(Matrix value, Matrix gradient, Matrix? velocity, in SgdStep step, ThreadTeam team) => throw new NotImplementedException();

    /// <summary>Being built.</summary>
    public static void RmsProp(Matrix value, Matrix gradient, Matrix squareAverage, Matrix? gradientAverage, Matrix? velocity, in RmsPropStep step, ThreadTeam team) => throw new NotImplementedException();

    /// <summary>Being built.</summary>
    public static double SumOfSquares(Matrix gradient, ThreadTeam team) => throw new NotImplementedException();

    /// <summary>Being built.</summary>
    public static void Scale(Matrix matrix, float factor, ThreadTeam team) => throw new NotImplementedException();

    /// <summary>Being built.</summary>
    public static bool IsFinite(Matrix matrix, ThreadTeam team) => throw new NotImplementedException();
}
