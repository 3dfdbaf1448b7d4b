/// Next steps that several messages name.
public enum Advice {
  /// The objects that the inventory is made of, as kubectl calls them.
  public static let kinds = "pods,svc,endpointslices,nodes,ns,deploy,rs,sts,ds,jobs,cronjobs,netpol"

  /// The objects that tell whom the API server calls, and the namespaces, which show of which cluster they are.
  public static let extensionKinds =
    "validatingwebhookconfigurations,mutatingwebhookconfigurations,apiservices,crds,ns"

  /// The command that loads all of them.
  public static let loadInventory = "kubectl get \(kinds) -A -o json | netpol-learn cluster --cluster -"

  /// The command that loads whom the API server calls.
  public static let loadExtensions =
    "kubectl get \(extensionKinds) -o json | netpol-learn cluster --cluster -"

  /// The command that loads what Services lead to.
  public static let loadServices =
    "kubectl get svc,endpointslices -A -o json | netpol-learn cluster --cluster -"

  /// How to say who held an address, for those who have no list.
  public static let nameHolder = "say in a table of addresses who held it (`netpol-learn cluster --help`)"

  /// How to say that an address is nobody's of the cluster.
  public static let nameOutside =
    "what is nobody's of the cluster has the kind `External` in such a table"

  /// The command that keeps every change of the pods, so that short-lived ones are known too.
  public static let watchPods =
    "kubectl get pods -A --watch --output-watch-events -o json | netpol-learn cluster --cluster -"
}
