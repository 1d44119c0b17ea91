namespace AeVae.Compute;

/// <summary>Being built.</summary>
public static class Elementary
{
    /// <summary>Being built.</summary>
    public static float Exp(float x) => throw new NotImplementedException();

    /// <summary>Being built.</summary>
    public static float Log(float x) => throw new NotImplementedException();

    /// <summary>Being built.</summary>
    public static float Log1p(float x) => throw new NotImplementedException();

    /// <summary>Being built.</summary>
    public static float Tanh(float x) => throw new NotImplementedException();

    /// <summary>Being built.</summary>
    public static float Sigmoid(float x) => throw new NotImplementedException();

    /// <summary>Being built.</summary>
    public static float Softplus(float x) => throw new NotImplementedException();

    /// <summary>Being built.</summary>
    public static double Exp(double x) => throw new NotImplementedException();

    /// <summary>Being built.</summary>
    public static double Log(double x) => throw new NotImplementedException();

    /// <summary>Being built.</summary>
    public static (double Sin, double Cos) SinCosTwoPi(double u) => throw new NotImplementedException();
}
