curl --fail --silent --show-error \
  --header "Authorization: Bearer $REGISTRI_TOKEN" \
  "{{ root }}/api/v1/centres/?region_code=35&fields=id,code,name&limit=5"
